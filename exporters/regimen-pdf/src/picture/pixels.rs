//! Pixels as they are in a file, and how many are worth keeping.

use regimen_catalog::drawing::refuse_pixels;

/// The largest file of pixels that is read, in bytes.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;
/// Finer than the eye sees on paper at reading distance.
const DOTS_PER_INCH: f32 = 300.0;

/// An image as it is embedded.
#[derive(Debug)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) colours: Colours,
    /// Bits of each component of a pixel.
    pub(crate) bits: u8,
    pub(crate) packing: Packing,
    pub(crate) data: Vec<u8>,
    /// How opaque each pixel is, packed as lines of PNG, eight bits each.
    pub(crate) mask: Option<Vec<u8>>,
}

/// What the components of a pixel mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Colours {
    Grey,
    Rgb,
    Cmyk {
        /// Whether 0 is full ink, as Adobe writes it.
        inverted: bool,
    },
    /// Numbers in a table of red, green and blue, which has an entry for every number there can be.
    Indexed(Vec<u8>),
}

impl Colours {
    /// How many components a pixel has.
    pub(crate) const fn components(&self) -> u8 {
        match self {
            Self::Grey | Self::Indexed(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk { .. } => 4,
        }
    }
}

/// How the pixels are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// JPEG.
    Photograph,
    /// Lines as PNG filters them, deflated.
    Lines,
}

/// Refuses what has no pixels, or too many.
pub(super) fn check_size(width: u32, height: u32) -> Result<(), String> {
    if width == 0 || height == 0 {
        return Err(format!("its size is {width} by {height} pixels"));
    }
    refuse_pixels((width, height))
}

/// How many pixels a line needs that is `points` wide.
pub(super) fn needed(points: f32) -> u32 {
    ((points / 72.0 * DOTS_PER_INCH).ceil() as u32).max(1)
}

/// Pixels of eight bits, decoded: grey or red, green and blue, perhaps each with its opacity.
pub(super) struct Decoded {
    pub(super) width: u32,
    pub(super) height: u32,
    /// 1 to 4.
    pub(super) channels: usize,
    pub(super) data: Vec<u8>,
}

impl Decoded {
    pub(super) const fn has_opacity(&self) -> bool {
        self.channels == 2 || self.channels == 4
    }

    /// Fewer pixels, each the mean of those that it stands for.
    pub(super) fn scaled(&self, width: u32) -> Self {
        let height = (u64::from(self.height) * u64::from(width) / u64::from(self.width)).max(1) as u32;
        let mut data = Vec::with_capacity(width as usize * height as usize * self.channels);
        for y in 0..height {
            let rows = share(y, height, self.height);
            for x in 0..width {
                self.mean(share(x, width, self.width), rows.clone(), &mut data);
            }
        }
        Self { width, height, channels: self.channels, data }
    }

    /// Colours count by how opaque they are, so that what is not seen does not tint what is. Where nothing is seen
    /// they count alike: readers blend neighbours, and black ones would leave a dark edge.
    fn mean(&self, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>, out: &mut Vec<u8>) {
        let colours = self.channels - usize::from(self.has_opacity());
        let (mut sums, mut alike, mut weight) = ([0_u64; 3], [0_u64; 3], 0_u64);
        let count = (columns.len() * rows.len()) as u64;
        for y in rows {
            let from = (y * self.width as usize + columns.start) * self.channels;
            let line = &self.data[from..from + columns.len() * self.channels];
            for pixel in line.chunks_exact(self.channels) {
                let opacity = if self.has_opacity() { u64::from(pixel[colours]) } else { 1 };
                weight += opacity;
                for ((sum, alike), part) in sums.iter_mut().zip(&mut alike).zip(&pixel[..colours]) {
                    *sum += u64::from(*part) * opacity;
                    *alike += u64::from(*part);
                }
            }
        }
        let rounded = |sum: u64, by: u64| ((sum + by / 2) / by.max(1)) as u8;
        let (sums, by) = if weight == 0 { (alike, count) } else { (sums, weight) };
        out.extend(sums[..colours].iter().map(|sum| rounded(*sum, by)));
        if self.has_opacity() {
            out.push(rounded(weight, count));
        }
    }
}

/// The part of `from` that stands at `at` of `to`; never empty.
fn share(at: u32, to: u32, from: u32) -> std::ops::Range<usize> {
    let edge = |at: u32| (u64::from(at) * u64::from(from) / u64::from(to)) as usize;
    edge(at)..edge(at + 1).max(edge(at) + 1)
}
