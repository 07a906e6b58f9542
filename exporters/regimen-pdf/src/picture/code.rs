//! QR codes as rectangles.

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

use super::form::Form;

/// The margin that the standard requires on every side, in modules.
const QUIET: usize = 4;
/// A code of more modules is a grey patch to the camera of a phone.
const MOST_MODULES: usize = 77;
/// The narrowest code, with its quiet zone, that is easily taken with a camera.
const NARROWEST: f32 = 20.0 * crate::style::MM;
/// The narrowest module.
const MODULE: f32 = 0.4 * crate::style::MM;

/// A code and how wide it is set, in points.
pub(super) struct Drawn {
    pub(super) form: Form,
    pub(super) width: f32,
}

/// Draws the code of an address, or says why it cannot.
pub(super) fn draw(address: &str) -> Result<Drawn, String> {
    let modules = Modules::of(address)?;
    let across = modules.across + 2 * QUIET;
    let width = NARROWEST.max(across as f32 * MODULE);
    let module = width / across as f32;
    let mut operators = format!("{module} 0 0 {module} 0 0 cm 0 0 0 rg\n");
    for [x, y, width, height] in modules.rectangles() {
        // The first row is the highest, and the origin is below.
        let (left, bottom) = (x + QUIET, across - QUIET - y - height);
        operators.push_str(&format!("{left} {bottom} {width} {height} re\n"));
    }
    operators.push_str("f\n");
    let form = Form::plain(&operators);
    Ok(Drawn { form, width })
}

struct Modules {
    across: usize,
    dark: Vec<bool>,
}

impl Modules {
    fn of(address: &str) -> Result<Self, String> {
        let long = || format!("the address has {} characters, too many for a QR code", address.chars().count());
        let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| long())?;
        let across = code.width();
        if across > MOST_MODULES {
            return Err(long());
        }
        Ok(Self { across, dark: code.into_colors().into_iter().map(|colour| colour == Color::Dark).collect() })
    }

    /// The dark modules as few rectangles: runs of a row, joined with equal runs of the rows below.
    fn rectangles(&self) -> Vec<[usize; 4]> {
        let mut done: Vec<[usize; 4]> = Vec::new();
        for (y, row) in self.dark.chunks(self.across).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                if run[0] {
                    let above = |old: &&mut [usize; 4]| old[0] == x && old[2] == run.len() && old[1] + old[3] == y;
                    match done.iter_mut().find(above) {
                        Some(old) => old[3] += 1,
                        None => done.push([x, y, run.len(), 1]),
                    }
                }
                x += run.len();
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_cover_each_dark_module_once() {
        for address in ["https://example.org/nordic-curl", "http://a.b", &format!("https://e.org/{}", "x".repeat(250))]
        {
            let modules = Modules::of(address).unwrap();
            let mut covered = vec![0; modules.dark.len()];
            for [x, y, width, height] in modules.rectangles() {
                for row in y..y + height {
                    covered[row * modules.across + x..][..width].iter_mut().for_each(|times| *times += 1);
                }
            }
            let expected: Vec<i32> = modules.dark.iter().map(|dark| i32::from(*dark)).collect();
            assert_eq!(covered, expected);
            assert!(modules.rectangles().len() * 2 < expected.iter().sum::<i32>() as usize, "few rectangles");
        }
    }

    #[test]
    fn a_code_is_wide_enough_for_a_camera() {
        assert_eq!(draw("https://a.b").unwrap().width, NARROWEST);
        let long = draw(&format!("https://e.org/{}", "x".repeat(300))).unwrap();
        assert!(long.width > NARROWEST && long.width < 40.0 * crate::style::MM);
        assert!(draw(&"x".repeat(1000)).err().unwrap().contains("1000 characters"));
        assert!(draw(&"x".repeat(100_000)).is_err());
    }
}
