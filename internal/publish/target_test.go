package publish

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestCheckTarget(t *testing.T) {
	root := t.TempDir()
	source := filepath.Join(root, "repo")
	make := func(path, text string) {
		t.Helper()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	make("repo/candour.toml", "")
	make("repo/content/pages/about.md", "")
	make("repo/mine/notes.txt", "")
	make("repo/app/manifest.json", `{"name": "app"}`)
	make("repo/empty/x", "")
	if err := os.Remove(filepath.Join(source, "empty/x")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"repo/public", "elsewhere/site", "tree"} {
		mustWrite(t, siteA, Options{Dir: filepath.Join(root, name), Source: source})
	}
	make("tree/.git", "gitdir: x")

	bad := map[string]string{
		"repo":                   "the source or above it",
		".":                      "the source or above it",
		"repo/content":           "inside the source's content",
		"repo/content/pages":     "inside the source's content",
		"repo/content/new/x":     "inside the source's content",
		"repo/static/site":       "inside the source's static",
		"repo/Layouts":           "inside the source's layouts",
		"repo/data":              "inside the source's data",
		"repo/themes/x":          "inside the source's themes",
		"repo/../repo":           "the source or above it",
		"repo/mine":              "files that this program did not publish",
		"repo/app":               "files that this program did not publish",
		"repo/candour.toml":      "not a folder",
		"repo/candour.toml/x":    "a part of its path is not a folder",
		"repo/public/plans/sub":  "inside another published site",
		"elsewhere/site/staging": "inside another published site",
		"tree":                   "version-control",
		"repo/.public.candour-new-0123456789abcdef": "work in progress",
	}
	good := []string{"repo/public", "repo/empty", "repo/new", "repo/editions/internal", "repo/contents", "elsewhere/site",
		"elsewhere/other", "a/b/c", "repo2"}
	if runtime.GOOS != "windows" {
		link := func(to, name string) {
			if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
				t.Fatal(err)
			}
		}
		link(filepath.Join(source, "public"), "link")
		link(filepath.Join(root, "nowhere"), "dangling")
		link(source, "alias")
		bad["link"] = "symbolic link"
		bad["dangling"] = "symbolic link"
		bad["alias"] = "the source or above it"
		bad["alias/content/x"] = "inside the source's content"
		good = append(good, "alias/public", "alias/new")
	}
	for name, want := range bad {
		dir := filepath.Join(root, name)
		if name == "repo/../repo" {
			dir = root + "/" + name
		}
		err := CheckTarget(dir, source)
		var target *TargetError
		if !errors.As(err, &target) || !strings.Contains(target.Message, want) || target.Hint == "" {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if _, err := Write(t.Context(), siteB, Options{Dir: dir, Source: source}); !errors.As(err, &target) {
			t.Errorf("%s was published into: %v", name, err)
		}
	}
	for _, name := range good {
		if err := CheckTarget(filepath.Join(root, name), source); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := CheckTarget(filepath.Join(source, "content"), filepath.Join(root, "alias")); err == nil {
		t.Error("a source given by a link was overwritten")
	}
	var target *TargetError
	if err := CheckTarget("public", source); err == nil || errors.As(err, &target) {
		t.Errorf("a relative path: %v", err)
	}
	if err := CheckTarget(filepath.VolumeName(root)+string(filepath.Separator), ""); !errors.As(err, &target) {
		t.Errorf("the root: %v", err)
	}
}

func TestThroughALinkedParent(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("links need a privilege here")
		return
	}
	root := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(root, "real"), 0o755), os.Symlink("real", filepath.Join(root, "link"))); err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct{ way string }{{"link"}, {"real"}, {"link"}} {
		mustWrite(t, siteA, Options{Dir: filepath.Join(root, s.way, "public")})
		mustWrite(t, siteB, Options{Dir: filepath.Join(root, s.way, "public")})
	}
	mustHold(t, filepath.Join(root, "real", "public"), siteB)
	mustBeAlone(t, filepath.Join(root, "real", "public"))
}
