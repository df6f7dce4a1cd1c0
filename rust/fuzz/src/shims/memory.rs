//! Memory for the pointers of a call: right, null, misaligned, or shared.

use std::alloc::{Layout, alloc, dealloc};
use std::ptr::null_mut;

use arbitrary::{Result, Unstructured};
use trendflex_ffi::Status;

/// What an output holds before a call.
const UNTOUCHED: u8 = 0xa5;

/// Numbers of a type for which any bits are a number.
pub trait Plain: Copy {
    fn to_bytes(self) -> Vec<u8>;
    fn from_bytes(bytes: &[u8]) -> Self;
}

macro_rules! plain {
    ($($number:ty),*) => {
        $(impl Plain for $number {
            fn to_bytes(self) -> Vec<u8> {
                self.to_ne_bytes().to_vec()
            }
            fn from_bytes(bytes: &[u8]) -> Self {
                Self::from_ne_bytes(bytes.try_into().expect("its size"))
            }
        })*
    };
}
plain!(f64, u64, i32, u8);

/// What a pointer of a function points to.
pub struct Argument {
    content: Vec<u8>,
    align: usize,
    is_written: bool,
    may_be_null: bool,
    is_detail: bool,
}

impl Argument {
    pub fn input<T: Plain>(values: &[T]) -> Self {
        let content = values.iter().flat_map(|value| value.to_bytes()).collect();
        Self {
            content,
            align: align_of::<T>(),
            is_written: false,
            may_be_null: false,
            is_detail: false,
        }
    }

    pub fn output<T: Plain>(len: usize) -> Self {
        let content = vec![UNTOUCHED; len * size_of::<T>()];
        Self { content, align: align_of::<T>(), is_written: true, ..Self::input::<u8>(&[]) }
    }

    pub fn output_or_null<T: Plain>(len: usize) -> Self {
        Self { may_be_null: true, ..Self::output::<T>(len) }
    }

    pub fn detail() -> Self {
        Self { is_detail: true, ..Self::output_or_null::<u64>(1) }
    }

    /// A state; its bytes need not be a multiple of eight.
    pub fn state(content: Vec<u8>) -> Self {
        Self { content, align: 8, ..Self::input::<u8>(&[]) }
    }

    /// A state that the call changes.
    pub fn state_mut(content: Vec<u8>) -> Self {
        Self { is_written: true, ..Self::state(content) }
    }
}

/// The bytes of all arguments, nothing if a pointer is null.
#[derive(Clone)]
pub struct Contents(Vec<Option<Vec<u8>>>);

impl Contents {
    pub fn get<T: Plain>(&self, argument: usize) -> Vec<T> {
        let bytes = self.0[argument].as_deref().unwrap_or_default();
        bytes.chunks_exact(size_of::<T>()).map(T::from_bytes).collect()
    }

    pub fn is_there(&self, argument: usize) -> bool {
        self.0[argument].is_some()
    }

    pub fn put<T: Plain>(&mut self, argument: usize, values: &[T]) {
        let Some(bytes) = &mut self.0[argument] else { return };
        let new: Vec<u8> = values.iter().flat_map(|value| value.to_bytes()).collect();
        assert_eq!(bytes.len(), new.len(), "the model gives as much as there is room for");
        *bytes = new;
    }
}

/// The memory of a call.
pub struct Memory<'a> {
    arguments: &'a [Argument],
    blocks: Vec<(*mut u8, Layout)>,
    pub pointers: Vec<*mut u8>,
    /// The status with which the pointers alone are refused.
    pub refusal: Option<Status>,
}

impl Drop for Memory<'_> {
    fn drop(&mut self) {
        for &(start, layout) in &self.blocks {
            // SAFETY: allocated with this layout.
            unsafe { dealloc(start, layout) };
        }
    }
}

impl<'a> Memory<'a> {
    /// Mostly each argument has a block of its own, of exactly its size.
    pub fn place(arguments: &'a [Argument], u: &mut Unstructured) -> Result<Self> {
        let is_right = u.ratio(7, 8)?;
        // The block of each, and the place in it.
        let mut places: Vec<Option<(usize, usize)>> = Vec::new();
        let mut sizes = vec![0; arguments.len()];
        for (i, argument) in arguments.iter().enumerate() {
            let place = match if is_right { 15 } else { u.int_in_range(0..=15_u8)? } {
                0 | 1 => None,
                2 => Some((i, u.int_in_range(0..=9)?)),
                3..=5 if i > 0 => match places[u.int_in_range(0..=i - 1)?] {
                    Some((block, at)) => Some((block, at + 8 * u.int_in_range(0..=9)?)),
                    none => none,
                },
                _ if argument.may_be_null && u.ratio(1, 4)? => None,
                _ => Some((i, 0)),
            };
            if let Some((block, at)) = place {
                sizes[block] = (at + argument.content.len()).max(sizes[block]);
            }
            places.push(place);
        }
        let allocate = |&size: &usize| {
            let layout = Layout::from_size_align(size.max(1), 64).expect("small");
            // SAFETY: the size is not 0.
            let start = unsafe { alloc(layout) };
            assert!(!start.is_null());
            // SAFETY: the block has this size.
            unsafe { start.write_bytes(UNTOUCHED, layout.size()) };
            (start, layout)
        };
        let blocks: Vec<_> = sizes.iter().map(allocate).collect();
        let at = |&place: &Option<(usize, usize)>| {
            place.map_or(null_mut(), |(block, at)| blocks[block].0.wrapping_add(at))
        };
        let pointers: Vec<_> = places.iter().map(at).collect();
        for (argument, &pointer) in arguments.iter().zip(&pointers).filter(|(_, p)| !p.is_null()) {
            let content = &argument.content;
            // SAFETY: the block is as large as its arguments need.
            unsafe { pointer.copy_from_nonoverlapping(content.as_ptr(), content.len()) };
        }
        let refusal = refusal(arguments, &pointers);
        Ok(Self { arguments, blocks, pointers, refusal })
    }

    pub fn contents(&self) -> Contents {
        let content = |(argument, &pointer): (&Argument, &*mut u8)| {
            // SAFETY: the block is as large as its arguments need, and written.
            (!pointer.is_null()).then(|| unsafe {
                std::slice::from_raw_parts(pointer, argument.content.len()).to_vec()
            })
        };
        Contents(self.arguments.iter().zip(&self.pointers).map(content).collect())
    }

    /// Compares what is there now with what is expected; `detail` may have been written, and with
    /// `nans` one NaN is as good as another.
    pub fn hold(&self, expected: &Contents, detail: bool, nans: bool, case: impl Fn() -> String) {
        let actual = self.contents();
        let both = actual.0.iter().zip(&expected.0).zip(self.arguments).enumerate();
        for (i, ((actual, expected), argument)) in both {
            if actual == expected || (detail && argument.is_detail) {
                continue;
            }
            let doubles = |bytes: &Option<Vec<u8>>| -> Vec<f64> {
                bytes.iter().flat_map(|bytes| bytes.chunks_exact(8)).map(f64::from_bytes).collect()
            };
            let (actual, expected) = (doubles(actual), doubles(expected));
            let same = |(a, b): (&f64, &f64)| {
                a.to_bits() == b.to_bits() || (nans && a.is_nan() && b.is_nan())
            };
            let is_same =
                argument.content.len().is_multiple_of(8) && actual.iter().zip(&expected).all(same);
            assert!(is_same, "argument {i}: {actual:?} for {expected:?}: {}", case());
        }
    }
}

fn refusal(arguments: &[Argument], pointers: &[*mut u8]) -> Option<Status> {
    let all = || arguments.iter().zip(pointers);
    let share = |(a, &p): (&Argument, &*mut u8), (b, &q): (&Argument, &*mut u8)| {
        let start = p.addr().max(q.addr());
        start < (p.addr() + a.content.len()).min(q.addr() + b.content.len())
    };
    // The detail is looked at last.
    for with_detail in [false, true] {
        let seen = || {
            all().filter(|(argument, pointer)| {
                !(argument.may_be_null && pointer.is_null()) && (with_detail || !argument.is_detail)
            })
        };
        if seen().any(|(_, pointer)| pointer.is_null()) {
            return Some(Status::NullPointer);
        }
        if seen().any(|(argument, pointer)| !pointer.addr().is_multiple_of(argument.align)) {
            return Some(Status::Misaligned);
        }
        for (i, one) in seen().enumerate() {
            let mut others = seen().enumerate().filter(|&(j, _)| j != i).map(|(_, other)| other);
            if one.0.is_written && others.any(|other| share(one, other)) {
                return Some(Status::Overlap);
            }
        }
    }
    None
}
