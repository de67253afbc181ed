//! Colours of the console. They repeat what the words say and never say more.

use owo_colors::Style;

/// How the parts of a console report are styled; the default is plain. Whether the reader can see
/// colours is decided where the arguments and the terminal are known.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    /// Headings.
    pub heading: Style,
    /// What passed, and what is admissible in a diff.
    pub good: Style,
    /// What failed, and what is not admissible in a diff.
    pub bad: Style,
    /// Warnings and what has no verdict.
    pub doubtful: Style,
    /// Labels and other words that hold the rest together.
    pub label: Style,
    /// Command lines to copy.
    pub command: Style,
}

impl Styles {
    /// With ANSI colours of the basic twelve, which terminals let their users choose.
    pub const fn coloured() -> Self {
        Self {
            heading: Style::new().bold(),
            good: Style::new().green(),
            bad: Style::new().red(),
            doubtful: Style::new().yellow(),
            label: Style::new().dimmed(),
            command: Style::new().cyan(),
        }
    }
}
