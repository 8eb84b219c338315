package build_test

import (
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"candour/internal/sitetest"
)

// elsewhere builds a folder's repository as another machine would.
func elsewhere(t *testing.T, dir, zone, locale string) string {
	t.Helper()
	t.Setenv("TZ", zone)
	for _, name := range []string{"LANG", "LC_ALL", "LC_COLLATE", "LC_TIME", "LANGUAGE"} {
		t.Setenv(name, locale)
	}
	t.Setenv("HUGO_TITLE", locale)
	t.Setenv("HUGO_TIMEZONE", zone)
	t.Setenv("HUGO_ENVIRONMENT", "development")
	t.Setenv("HUGO_NUMWORKERMULTIPLIER", "3")
	t.Setenv("HOME", t.TempDir())
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	local := time.Local
	time.Local = place
	defer func() { time.Local = local }()
	out := fromDisk(t, dir, "public")
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	return wholeSite(out) + sitetest.Print(out.Findings)
}

// Two builds of one source with one clock are the same to the byte, wherever and under whatever zone, locale and
// environment they run, and whatever times the files have.
func TestSameSourceSameBytes(t *testing.T) {
	files := grow(7, 40, false).files
	first := onDisk(t, files)
	want := elsewhere(t, first, "UTC", "C")
	if got := elsewhere(t, first, "UTC", "C"); got != want {
		t.Fatalf("two builds in one place differ:\n%s\n%s", want, got)
	}
	second := filepath.Join(onDisk(t, nil), "a folder with spaces", "and ŵ")
	if err := os.MkdirAll(filepath.Dir(second), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(onDisk(t, files), second); err != nil {
		t.Fatal(err)
	}
	if got := elsewhere(t, second, "Pacific/Kiritimati", "cy_GB.UTF-8"); got != want {
		t.Errorf("another folder, zone, locale and environment change the site:\n%s\n%s", want, got)
	}
	r := rand.New(rand.NewSource(1))
	err := filepath.WalkDir(second, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at := time.Date(1990+r.Intn(60), time.Month(1+r.Intn(12)), 1+r.Intn(28), r.Intn(24), 0, 0, 0, time.UTC)
		return os.Chtimes(p, at, at)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := elsewhere(t, second, "America/St_Johns", "tr_TR.UTF-8"); got != want {
		t.Errorf("the times of the files change the site:\n%s\n%s", want, got)
	}
	// The clock is an input, and the comparison would notice one.
	opt := sitetest.Options(files, "public")
	opt.Load.Now = sitetest.Now.AddDate(0, 1, 0)
	if out := sitetest.Run(t, opt); out.Audited == nil || wholeSite(out)+sitetest.Print(out.Findings) == want {
		t.Error("another clock makes the same site, though an alert has expired by then")
	}
}
