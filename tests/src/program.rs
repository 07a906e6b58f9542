//! The program under test.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The built program. It belongs to another package, so Cargo does not build it for these tests by itself.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(build);
    &PROGRAM
}

/// Builds the program as this test was built: into the same folder, with the same profile and features, so that
/// there is nothing left to compile but the program itself.
fn build() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile_folder = test.ancestors().nth(2).unwrap();
    let profile = match profile_folder.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--workspace", "--bin", "regimen", "--profile", profile])
        .arg("--target-dir")
        .arg(profile_folder.parent().unwrap())
        .current_dir(crate::repository())
        .status()
        .unwrap();
    assert!(built.success(), "the program does not build");
    profile_folder.join(format!("regimen{}", std::env::consts::EXE_SUFFIX))
}
