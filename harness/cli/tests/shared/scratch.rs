//! A scratch folder in which the binary is run, and what it came to.

use std::process::Command;

/// The binary.
pub const SHARESPEC: &str = env!("CARGO_BIN_EXE_sharespec");

/// A folder of its own.
pub struct Scratch {
    pub directory: tempfile::TempDir,
}

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
    pub fn empty() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.directory.path().join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.directory.path().join(name)).unwrap()
    }

    /// The binary in this folder, with nothing of the environment that it would heed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(SHARESPEC);
        command.current_dir(self.directory.path()).args(arguments);
        command.env("XDG_STATE_HOME", self.directory.path().join("state"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SHARESPEC_")) {
            command.env_remove(name);
        }
        command
    }
}

pub fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
