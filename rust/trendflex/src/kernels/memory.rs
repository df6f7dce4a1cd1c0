//! Memory that may be refused: all that this crate allocates. If a C program, or a JVM, runs out of
//! memory, it is told so and goes on.

/// Room for that many values; none if there is no memory for it.
pub(crate) fn room<T>(len: usize) -> Option<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(len).ok()?;
    Some(room)
}

/// That many times a value; none if there is no memory for them.
pub(crate) fn filled<T: Clone>(len: usize, value: T) -> Option<Vec<T>> {
    let mut values = room(len)?;
    values.resize(len, value);
    Some(values)
}
