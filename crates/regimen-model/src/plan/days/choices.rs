//! The days to which numbered days may move.

/// A numbered day of a week, which may move.
pub(super) struct Movable {
    pub(super) number: u8,
    /// Where it would be if the reader were never busy.
    pub(super) home: Option<u8>,
}

/// Every way to lay the numbered days on the open ones in order, the nearest first. A day that already has a
/// session is taken only if there is no other, and a day at home is left only for one that cannot be there.
pub(super) fn choices(numbers: &[Movable], open: &[u8], taken: &[u8]) -> Vec<Vec<u8>> {
    if numbers.is_empty() {
        return vec![Vec::new()];
    }
    let subsets = (0_u8..128).filter(|days| days.count_ones() as usize == numbers.len());
    let subsets = subsets.map(|days| (0..7).filter(|day| days & (1 << day) != 0).collect::<Vec<u8>>());
    let mut choices: Vec<_> = subsets.filter(|days| days.iter().all(|day| open.contains(day))).collect();
    let has_homes = numbers.iter().any(|movable| movable.home.is_some());
    let distance = |days: &Vec<u8>| {
        let all = || days.iter().zip(numbers);
        let moved: u32 = all().map(|(day, movable)| u32::from(day.abs_diff(movable.number))).sum();
        let shared = all().filter(|(day, movable)| taken.contains(day) && movable.home != Some(**day)).count() as u32;
        let leaves =
            |(day, movable): &(&u8, &Movable)| movable.home.is_some_and(|home| home != **day && open.contains(&home));
        let made_room = all().filter(leaves).count();
        let shared_at_home = if has_homes { shared } else { 0 };
        (shared_at_home, made_room, moved + 10 * shared)
    };
    choices.sort_by_key(distance);
    choices
}
