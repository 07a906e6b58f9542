//! Pages as grey pictures, and how much two of them differ to the eye.

use std::fs;
use std::path::Path;

use regimen_tests::Tool;

/// A grey picture; 255 is white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

/// How much two pictures differ, once both are a little blurred: edges that another version of a program draws
/// otherwise do not count, and what moved does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    /// The mean of all differences, of 255.
    pub(super) mean: f64,
    /// How many pixels of a thousand differ much.
    pub(super) much: f64,
}

/// From here on a blurred pixel differs much.
const MUCH: i32 = 24;

impl Picture {
    /// The pages of a file, so many dots to the inch.
    pub(super) fn pages(pdftoppm: &Tool, path: &Path, dots: u32) -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        let (dots, prefix) = (dots.to_string(), folder.path().join("page"));
        pdftoppm.silently(&[&"-r", &dots, &"-gray", &path, &prefix]).unwrap();
        regimen_tests::files(folder.path()).into_values().map(|bytes| Self::from_pgm(&bytes)).collect()
    }

    /// Reads what poppler writes: a header of four words, then pixels.
    fn from_pgm(bytes: &[u8]) -> Self {
        let mut words = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut number = || String::from_utf8_lossy(words.next().unwrap()).parse::<usize>().unwrap_or(0);
        let (_magic, width, height) = (number(), number(), number());
        Self { width, height, pixels: bytes[bytes.len() - width * height..].to_vec() }
    }

    pub(super) fn read(path: &Path) -> Option<Self> {
        let file = std::io::BufReader::new(fs::File::open(path).ok()?);
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        Some(Self { width: frame.width as usize, height: frame.height as usize, pixels })
    }

    pub(super) fn write(&self, path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = fs::File::create(path).unwrap();
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_compression(png::Compression::High);
        encoder.write_header().unwrap().write_image_data(&self.pixels).unwrap();
    }

    /// How much another picture differs; everything if its size does.
    pub(super) fn difference(&self, other: &Self) -> Difference {
        if (self.width, self.height) != (other.width, other.height) {
            return Difference { mean: 255.0, much: 1000.0 };
        }
        let (one, two) = (self.blurred(), other.blurred());
        let differences =
            || one.pixels.iter().zip(&two.pixels).map(|(one, two)| (i32::from(*one) - i32::from(*two)).abs());
        let count = one.pixels.len() as f64;
        Difference {
            mean: f64::from(differences().sum::<i32>()) / count,
            much: differences().filter(|by| *by >= MUCH).count() as f64 * 1000.0 / count,
        }
    }

    /// Each pixel the mean of itself and those around it.
    fn blurred(&self) -> Self {
        let around = |at: usize, end: usize| at.saturating_sub(1)..(at + 2).min(end);
        let mean = |x: usize, y: usize| {
            let rows = around(y, self.height).map(|y| &self.pixels[y * self.width..][around(x, self.width)]);
            let (sum, count) = rows.fold((0, 0), |(sum, count), row| {
                (sum + row.iter().map(|pixel| u32::from(*pixel)).sum::<u32>(), count + row.len() as u32)
            });
            (sum / count) as u8
        };
        let pixels = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        Self { pixels: pixels.map(|(x, y)| mean(x, y)).collect(), ..*self }
    }

    /// Three pictures beside each other: this, another, and where they differ.
    pub(super) fn beside(&self, other: &Self) -> Self {
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        let pixel = |of: &Self, x: usize, y: usize| {
            if x < of.width && y < of.height { of.pixels[y * of.width + x] } else { 128 }
        };
        let row = |y: usize| {
            let differs = move |x| 255 - pixel(self, x, y).abs_diff(pixel(other, x, y));
            let (one, two) = ((0..width).map(move |x| pixel(self, x, y)), (0..width).map(move |x| pixel(other, x, y)));
            one.chain(two).chain((0..width).map(differs))
        };
        let pixels = (0..height).flat_map(row).collect();
        Self { width: 3 * width, height, pixels }
    }
}
