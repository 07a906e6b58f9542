//! The program under test.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The built program. It belongs to another package, so Cargo does not build it for these tests by itself.
///
/// # Panics
/// With what the compiler said where the program does not build, in every test that asks.
pub fn program() -> &'static Path {
    static PROGRAM: LazyLock<Result<PathBuf, String>> = LazyLock::new(build);
    match &*PROGRAM {
        Ok(program) => program,
        Err(said) => panic!("{said}"),
    }
}

/// Builds the program as this test was built: into the same folder, with the same profile and features, so that
/// there is nothing left to compile but the program itself.
fn build() -> Result<PathBuf, String> {
    let test = std::env::current_exe().unwrap();
    let profile_folder = test.ancestors().nth(2).unwrap();
    let profile = match profile_folder.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--workspace", "--bin", "regimen", "--profile", profile])
        .arg("--target-dir")
        .arg(profile_folder.parent().unwrap())
        .current_dir(crate::repository())
        .output()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if built.status.success() {
        Ok(profile_folder.join(format!("regimen{}", std::env::consts::EXE_SUFFIX)))
    } else {
        Err(format!("the program does not build ({}):\n{}", built.status, String::from_utf8_lossy(&built.stderr)))
    }
}
