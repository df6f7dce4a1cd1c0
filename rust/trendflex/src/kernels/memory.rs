//! Memory that may be refused: all that this crate allocates. A C program, or a JVM, that runs out of
//! it is told so and goes on.

/// Room for so many values; none where it is not to be had.
pub(crate) fn room<T>(len: usize) -> Option<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(len).ok()?;
    Some(room)
}

/// So many times a value; none where there is no room for them.
pub(crate) fn filled<T: Clone>(len: usize, value: T) -> Option<Vec<T>> {
    let mut values = room(len)?;
    values.resize(len, value);
    Some(values)
}
