package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"candour/internal/sitetest"
)

// block is the literal block of a key in the first manifest of docs/scale.md, as the container has it.
func block(t *testing.T, doc, key string) string {
	t.Helper()
	_, rest, found := strings.Cut(doc, "\n  "+key+": |\n")
	if !found {
		t.Fatalf("docs/scale.md has no %s", key)
	}
	var lines []string
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "    ") {
			break
		}
		lines = append(lines, strings.TrimPrefix(line, "    "))
	}
	return strings.Join(lines, "")
}

// The commands of the manifests in docs/scale.md, as the containers run them: parts are built from a repository and
// deployed to a store, one part fails, one is run again, and the reports are joined. rclone is stood in for by cp.
func TestManifestsOfTheDocs(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "scale.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return name
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	reports := filepath.Join(dir, "reports")
	write("bin/candour-cloud", "#!/bin/sh\n"+asProgram+"=20s exec "+self+" \"$@\"\n", 0o755)
	write("bin/rclone", `#!/bin/sh
set -eu
place() { case "$1" in :s3:*) echo "`+reports+`/${1#:s3:}" ;; *) echo "$1" ;; esac; }
from=$(place "$2"); to=$(place "$3")
case "$1" in
copyto) mkdir -p "$(dirname "$to")"; cp "$from" "$to" ;;
copy) test "$4 $5" = "--include part-*.json"; mkdir -p "$to"; cp "$from"/part-*.json "$to" ;;
*) exit 9 ;;
esac
`, 0o755)

	list, buckets := "", map[string]string{}
	for _, name := range []string{"ash", "birch", "cedar"} {
		buckets[name] = newBucket(t)
		write("sites/"+name+"/candour.toml", sitetest.Config+fmt.Sprintf("[[target]]\nname = \"live\"\nurl = %q\n", s3(buckets[name], gateway.address)), 0o644)
		write("sites/"+name+"/content/pages/a.md", "+++\ntitle = \""+name+"\"\nsummary = \"S.\"\ndate = 2026-01-05\n+++\nText.\n", 0o644)
		list += "[[site]]\nfolder = \"" + name + "\"\n"
	}
	write("sites/birch/content/pages/b.md", "+++\nsummary = \"No title.\"\ndate = 2026-01-05\n+++\nText.\n", 0o644)
	write("sites/estate.toml", list, 0o644)
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "-A"}, {"-c", "user.name=T", "-c", "user.email=t@eastmere.example", "commit", "-q", "-m", "sites"}} {
		git := exec.Command("git", args...)
		git.Dir = filepath.Join(dir, "sites")
		if out, err := git.CombinedOutput(); err != nil {
			t.Fatalf("git: %v\n%s", err, out)
		}
	}

	run := func(script, work string, more ...string) (int, string) {
		t.Helper()
		work = filepath.Join(dir, work)
		if err := os.MkdirAll(work, 0o755); err != nil {
			t.Fatal(err)
		}
		// The container: command: [sh, -c, 'printf %s "$PART_SH" | sh']
		c := exec.Command("sh", "-c", `printf %s "$SCRIPT" | sh`)
		c.Dir = work
		c.Env = append(os.Environ(), append([]string{"SCRIPT=" + strings.ReplaceAll(block(t, doc, script), "/work", work), "PATH=" + filepath.Join(dir, "bin") + ":" + os.Getenv("PATH"),
			"SITES=" + filepath.Join(dir, "sites"), "COMMIT=main", "PARTS=2", "REPORTS=:s3:national-reports/2026-11-20", "XDG_CACHE_HOME=" + filepath.Join(work, "cache"),
			fmt.Sprintf("SOURCE_DATE_EPOCH=%d", sitetest.Now.Unix())}, more...)...)
		out, err := c.CombinedOutput()
		if c.ProcessState == nil {
			t.Fatal(err)
		}
		for _, s := range []string{keyID, secret} {
			if strings.Contains(string(out), s) {
				t.Errorf("a message holds an account:\n%s", out)
			}
		}
		return c.ProcessState.ExitCode(), string(out)
	}

	if code, out := run("merge.sh", "early"); code != 4 {
		t.Errorf("joined before any part was there: exit code %d\n%s", code, out)
	}
	if code, out := run("part.sh", "part-0", "JOB_COMPLETION_INDEX=0"); code != 0 { // ash, cedar
		t.Errorf("part 0: exit code %d\n%s", code, out)
	}
	if code, out := run("part.sh", "part-1", "JOB_COMPLETION_INDEX=1"); code != 1 || !strings.Contains(out, "birch, public: not published") {
		t.Errorf("part 1, with a fault in its content: exit code %d\n%s", code, out)
	}
	if code, out := run("part.sh", "part-0-again", "JOB_COMPLETION_INDEX=0"); code != 0 || !strings.Contains(out, "live is up to date") {
		t.Errorf("part 0 again: exit code %d\n%s", code, out)
	}
	if code, out := run("part.sh", "nowhere", "JOB_COMPLETION_INDEX=1", "SITES=/nowhere"); code != 4 {
		t.Errorf("without a repository: exit code %d, which would not be tried again\n%s", code, out)
	}
	if code, out := run("merge.sh", "merge"); code != 1 {
		t.Errorf("joined: exit code %d\n%s", code, out)
	}
	for name, there := range map[string]bool{"ash": true, "birch": false, "cedar": true} {
		_, err := os.Stat(filepath.Join(gateway.dir, buckets[name], "pages", "a", "index.html"))
		if (err == nil) != there {
			t.Errorf("%s is at the store: %v", name, err == nil)
		}
		if there {
			verify(t, s3(buckets[name], gateway.address)).must(t, 0)
		}
	}
	var r struct{ Totals struct{ Sites, Failed int } }
	data, err = os.ReadFile(filepath.Join(reports, "national-reports", "2026-11-20", "report.json"))
	if err != nil || json.Unmarshal(data, &r) != nil || r.Totals.Sites != 3 || r.Totals.Failed != 1 {
		t.Errorf("the joined report: %v %+v", err, r)
	}
	if html, err := os.ReadFile(filepath.Join(reports, "national-reports", "2026-11-20", "report.html")); err != nil || !strings.Contains(string(html), "birch") {
		t.Errorf("the joined page: %v", err)
	}
}

// What the manifests say of the program is so: every option is one that it has, and exit codes that are not tried again
// are those of content and configuration.
func TestOptionsOfTheManifests(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "scale.md"))
	if err != nil {
		t.Fatal(err)
	}
	calls := regexp.MustCompile(`candour(?:-cloud)? ((?:build|deploy|estate merge)\b[^\n|]*)`).FindAllStringSubmatch(string(data), -1)
	if len(calls) < 6 {
		t.Fatalf("only %d calls were found", len(calls))
	}
	for _, call := range calls {
		words := strings.Fields(call[1])
		name := words[:1]
		if words[0] == "estate" {
			name = words[:2]
		}
		help := candour(t, append(name, "--help")...).stdout
		for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(call[1], -1) {
			if !strings.Contains(help, flag+" ") && !strings.Contains(help, flag+"\n") {
				t.Errorf("candour %s has no %s, which docs/scale.md gives it", strings.Join(name, " "), flag)
			}
		}
	}
	if !strings.Contains(string(data), "operator: In, values: [1, 2, 3]") {
		t.Error("the exit codes that are not tried again are others")
	}
	epoch := regexp.MustCompile(`SOURCE_DATE_EPOCH: "(\d+)"`).FindStringSubmatch(string(data))
	if epoch == nil {
		t.Fatal("the parts have no clock")
	}
	var seconds int64
	if _, err := fmt.Sscan(epoch[1], &seconds); err != nil || !strings.Contains(string(data), time.Unix(seconds, 0).UTC().Format("2006-01-02")) {
		t.Errorf("the clock %s and the date of the reports are of different days", epoch[1])
	}
}
