//! A page of console text under construction: labels aligned, hostile lines marked.

use owo_colors::Style;

use super::styles::Styles;
use super::text;

/// The width of the column of labels, indentation included.
const LABELS: usize = 13;

/// Text with styles. Whatever it is given is escaped here and nowhere else.
#[derive(Debug)]
pub struct Page<'a> {
    styles: &'a Styles,
    text: String,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub const fn new(styles: &'a Styles) -> Self {
        Self { styles, text: String::new() }
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The styles.
    pub const fn styles(&self) -> &'a Styles {
        self.styles
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line at the margin.
    pub fn line(&mut self, style: Style, content: &str) {
        self.push("", style, &text::line(content));
    }

    /// An indented line.
    pub fn item(&mut self, content: &str) {
        self.push("  ", Style::new(), &text::line(content));
    }

    /// An indented and styled line.
    pub fn styled_item(&mut self, style: Style, content: &str) {
        self.push("  ", style, &text::line(content));
    }

    /// Text of another page.
    pub fn finished(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A label and a text beside it.
    pub fn field(&mut self, label: &str, content: &str) {
        self.styled_field(label, Style::new(), content);
    }

    /// A label and a styled text beside it.
    pub fn styled_field(&mut self, label: &str, style: Style, content: &str) {
        let label = self.label(label);
        self.push(&label, style, &text::line(content));
    }

    /// A label and a command line beside it; if it is too long, where it can be found.
    pub fn command(&mut self, label: &str, member: &str, content: &str) {
        let label = self.label(label);
        let style = self.styles.command;
        match text::command(content) {
            Some(command) => self.push(&label, style, &command),
            None => {
                let instead = format!("(too long: see `{member}` in the JSON Lines report)");
                self.push(&label, Style::new(), &instead);
            }
        }
    }

    /// Lines that a target may have made: each is marked, so that none passes for one of ours.
    pub fn marked(&mut self, mark: &str, content: &str) {
        for line in text::block(content) {
            let style = match line.as_bytes().first() {
                Some(b'-') if mark == "|" => self.styles.good,
                Some(b'+') if mark == "|" => self.styles.bad,
                _ => Style::new(),
            };
            self.push(&format!("    {mark} "), style, &line);
        }
    }

    fn label(&self, label: &str) -> String {
        let padding = " ".repeat(LABELS.saturating_sub(label.len() + 2));
        format!("  {}{padding}", self.styles.label.style(label))
    }

    fn push(&mut self, before: &str, style: Style, content: &str) {
        self.text.push_str(before);
        if style.is_plain() {
            self.text.push_str(content);
        } else {
            self.text.push_str(&style.style(content).to_string());
        }
        // Blanks at the end of a line would make reports differ where nothing is seen.
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }
}
