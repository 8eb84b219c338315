package cli_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"candour/internal/cli"
	"candour/internal/sitetest"
)

// asProgram makes the test's binary the program itself, which starts itself again for its workers.
const asProgram = "CANDOUR_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(cli.Main(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// program makes the command that runs the program in a process of its own, in dir.
func program(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asProgram+"=1", "SOURCE_DATE_EPOCH="+strconv.FormatInt(sitetest.Now.Unix(), 10), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	return cmd
}

// manySites writes sites of a page each, and lists that build them into whole/ and into parts/.
func manySites(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	list := ""
	for i := range n {
		name := fmt.Sprintf("sites/s%02d", i)
		page := fmt.Sprintf("+++\ntitle = \"Site %d\"\nsummary = \"S.\"\ndate = 2026-01-05\n+++\nText of %d.\n", i, i)
		for file, data := range map[string]string{name + "/candour.toml": sitetest.Config, name + "/content/pages/a.md": page} {
			file = filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		list += "[[site]]\nfolder = \"" + name + "\"\n"
	}
	for _, where := range []string{"whole", "parts"} {
		if err := os.WriteFile(filepath.Join(dir, where+".toml"), []byte("output = \""+where+"/{name}\"\n"+list), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// published reads every published file below a folder, but not what publishing has in work beside them.
func published(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		if err == nil && strings.HasPrefix(rel, ".") && rel != "." {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Workers are processes. Shards give byte for byte what one run gives, also where one of them was killed in the middle and
// run again.
func TestKilledShardIsRunAgain(t *testing.T) {
	const sites = 8
	dir := manySites(t, sites)
	if out, err := program(t, dir, "build", "--estate", "whole.toml", "--workers", "2").CombinedOutput(); err != nil || !bytes.Contains(out, []byte("[8/8] s07, public: ")) {
		t.Fatalf("the whole: %v\n%s", err, out)
	}
	whole := published(t, filepath.Join(dir, "whole"))
	if whole["s03/pages/a/index.html"] == "" {
		t.Fatal("a site is missing from the whole")
	}

	shard := func(k int) *exec.Cmd {
		return program(t, dir, "build", "--estate", "parts.toml", "--workers", "2", "--shard", fmt.Sprintf("%d/2", k), "--report", fmt.Sprintf("part-%d.json", k))
	}
	killed := shard(0)
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(filepath.Join(dir, "parts", "s00", "index.html")); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the first site never came")
		}
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()
	if _, err := os.Stat(filepath.Join(dir, "part-0.json")); err == nil {
		t.Fatal("the shard was not killed in the middle")
	}
	for path, data := range published(t, filepath.Join(dir, "parts")) {
		if whole[path] != data {
			t.Errorf("after the kill, %s is not what one run gives", path)
		}
	}
	for _, k := range []int{1, 0} {
		if out, err := shard(k).CombinedOutput(); err != nil {
			t.Fatalf("shard %d: %v\n%s", k, err, out)
		}
	}
	parts := published(t, filepath.Join(dir, "parts"))
	if len(parts) != len(whole) {
		t.Errorf("the shards gave %d files, one run %d", len(parts), len(whole))
	}
	for path, data := range whole {
		if parts[path] != data {
			t.Errorf("%s is not what one run gives", path)
		}
	}
	if out, err := program(t, dir, "estate", "merge", "part-0.json", "part-1.json", "--report", "all.html").CombinedOutput(); err != nil {
		t.Errorf("merge: %v\n%s", err, out)
	}
}
