//go:build browser

package printtest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Each fault of a leaflet is told with what can be done about it; the others are made, the folder has nothing by half, and the
// exit code says that one is missing.
func TestLeafletsThatCannotBePrinted(t *testing.T) {
	folder := repository(t, leaflet("good", "Good", "", "Call 999.\n")+
		leaflet("long", "Long", "", strings.Repeat("One more line of advice.\n\n", 150))+
		leaflet("glyph", "Glyph", "", "Look for \U00030000 on the door.\n")+
		leaflet("coarse/index", "Coarse", "", "![The quiet room](room.png)\n"))
	if err := os.WriteFile(filepath.Join(folder, "content/leaflets/festival/coarse/room.png"), picture(t, 40, 30), 0o644); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(folder, "content/leaflets/festival/coarse/index.md")
	if err := os.WriteFile(page, []byte(strings.Replace(read(t, page), "audience", "attachments = []\naudience", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	r := candour(t, folder, "print", "--format", "a6")
	if r.code != 1 {
		t.Errorf("exit code %d", r.code)
	}
	for _, want := range []string{
		"long-a6.pdf was not made: it is too long for 2 pages of A6, by ", " lines [", "or ask for a5 instead",
		"glyph-a6.pdf was not made: ", "no font on this machine has the character '\U00030000' (U+30000)", "install a font",
		"coarse/room.png has ", " dots an inch in coarse-a6.pdf", "use a picture of 150 dots an inch or more",
		"2 files written", "not everything could be made",
	} {
		if !strings.Contains(r.said, want) {
			t.Errorf("it does not say %q:\n%s", want, r.said)
		}
	}
	if got := files(filepath.Join(folder, "print")); got != "coarse-a6.pdf good-a6.pdf" {
		t.Errorf("the folder has %s", got)
	}
}

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			img.Set(x, y, color.RGBA{uint8(6 * x), uint8(8 * y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What cannot be written to ends the run, and with nothing that looks like a file of ours and is not whole.
func TestNowhereToWrite(t *testing.T) {
	folder := repository(t, leaflet("good", "Good", "", strings.Repeat("Call 999 and stay with them. ", 200)+"\n"))
	old := filepath.Join(t.TempDir(), "old")
	must(t, folder, "print", "--format", "text", "--output", old)
	before := read(t, filepath.Join(old, "good.txt"))

	t.Run("a file in the way", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "out")
		if err := os.WriteFile(out, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		if r := candour(t, folder, "print", "--format", "text", "--output", out); r.code != 2 || read(t, out) != "mine" || !strings.Contains(r.said, "it is not a folder") {
			t.Errorf("exit code %d: %s", r.code, r.said)
		}
	})
	t.Run("a folder that nobody may write to", func(t *testing.T) {
		if r := candour(t, folder, "print", "--format", "text", "--output", "/proc/candour"); r.code != 4 || !strings.Contains(r.said, "/proc/candour") {
			t.Errorf("exit code %d: %s", r.code, r.said)
		}
	})
	// A process may be forbidden to write more than so many blocks to one file, which is what a full disk looks like to it.
	t.Run("no space", func(t *testing.T) {
		cmd, _ := command(t, folder, "print", "--format", "text", "--output", old, "--set", "x=y")
		cmd.Args = cmd.Args[:len(cmd.Args)-4] // without --set and --now
		shell := exec.Command("sh", append([]string{"-c", `ulimit -f 4; trap "" XFSZ; exec "$@"`, "sh"}, append(cmd.Args, "--now", "2026-11-22T12:00:00Z", "--base-url", "https://other.testford.example/")...)...)
		shell.Dir, shell.Env = cmd.Dir, cmd.Env
		said, _ := shell.CombinedOutput()
		if code := shell.ProcessState.ExitCode(); code != 4 || !strings.Contains(string(said), "writing good.txt") {
			t.Errorf("exit code %d: %s", code, said)
		}
		if got := files(old); got != "good.txt" || read(t, filepath.Join(old, "good.txt")) != before {
			t.Errorf("the folder has %s, and the file is not as it was", got)
		}
	})
}
