//! Choices that look random and are the same every time.

/// A linear congruential generator (Knuth's MMIX constants).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// The same choices each time.
    #[expect(clippy::new_without_default, reason = "choices have a beginning, which is no default")]
    pub fn new() -> Self {
        Self(2_027)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A few different lines, each after `start`.
    pub fn lines(&mut self, count: usize, start: &str, from: &[&str]) -> String {
        let first = self.below(from.len());
        (0..count).map(|line| format!("{start}{}\n", from[(first + line) % from.len()])).collect()
    }
}
