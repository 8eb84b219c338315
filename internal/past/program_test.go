package past

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Two builds whose code or whose embedded words differ are two programs; the same code built twice is one.
func TestAnyChangeMakesAnotherProgram(t *testing.T) {
	if len(Program()) != 32 {
		t.Fatalf("the running program is told as %q", Program())
	}
	dir := t.TempDir()
	made := func(name, code, words string) string {
		for file, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "main.go": code, "words.txt": words} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("go", "build", "-o", name, ".")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		id, err := identify(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	const code = "package main\n\nimport _ \"embed\"\n\n//go:embed words.txt\nvar words string\n\nfunc main() { println(words, 1) }\n"
	const other = "package main\n\nimport _ \"embed\"\n\n//go:embed words.txt\nvar words string\n\nfunc main() { println(words, 2) }\n"
	first := made("a", code, "naloxone")
	if made("b", code, "naloxone") != first {
		t.Error("the same program built twice is told as two")
	}
	if made("c", other, "naloxone") == first {
		t.Error("other code is told as the same program")
	}
	if made("d", code, "Naloxone") == first {
		t.Error("other embedded words, of the same length, are told as the same program")
	}
}
