//! Objects of a JSON document, a key a line: what it says, its type, and how it is made.

/// Declares an object and the function that makes it.
macro_rules! object {
    (
        $(#[$about:meta])*
        pub struct $name:ident;

        $(#[$made:meta])*
        $visible:vis fn $make:ident($($from:ident: $source:ty),+ $(,)?);

        $($(#[$says:meta])* $key:ident: $kind:ty = $value:expr,)+
    ) => {
        #[derive(Debug, ::serde::Serialize, ::schemars::JsonSchema)]
        $(#[$about])*
        pub struct $name {
            $($(#[$says])* pub $key: $kind,)+
        }

        $(#[$made])*
        $visible fn $make($($from: $source),+) -> $name {
            $name { $($key: $value,)+ }
        }
    };
}

pub(super) use object;
