//! A scratch folder in which the binary is run.

use std::path::Path;
use std::process::Command;

/// A folder of its own.
pub struct Scratch(tempfile::TempDir);

/// What a command came to.
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Outcome {
    /// Fails with everything that was said, unless the exit code is this one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        let said = format!("{}\n{}", self.out, self.err);
        assert!(said.contains(text), "{text:?} is not said:\n{said}");
        self
    }
}

impl Scratch {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    /// Runs the command line, whose parts have no blanks.
    pub fn run(&self, line: &str) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sharespec"));
        command.current_dir(self.path()).args(line.split(' '));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SHARESPEC_")) {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Outcome {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}
