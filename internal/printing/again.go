package printing

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"

	"candour/internal/output"
	"candour/internal/pdf"
	"candour/internal/render"
)

// Earlier hands out a file that was made before, if it was made from what the key stands for. It may be asked from several
// goroutines.
type Earlier interface {
	// File returns the file of a name of the leaflet at an address.
	File(at, name string, key render.Key) ([]byte, bool)
}

// Record says what the files of a result were made from, for the next run, by their names in a folder of their own. A file about
// which something was found is not in it: it is made again, so that it is told again.
func (r *Result) Record() (render.Record, output.Site) {
	return r.record(func(*Page) string { return "" })
}

// RecordOnSite is Record by the paths that the files have beside their pages.
func (r *Result) RecordOnSite() (render.Record, output.Site) {
	return r.record(func(p *Page) string { return strings.TrimPrefix(p.At, "/") })
}

func (r *Result) record(folder func(*Page) string) (render.Record, output.Site) {
	made := render.Record{Pages: map[string]render.Key{}}
	var site output.Site
	for _, item := range r.Made {
		if f := item.Made.File(); item.key != (render.Key{}) {
			f.Path = folder(item.Page) + f.Path
			made.Pages[f.Path] = item.key
			site.Files = append(site.Files, f)
		}
	}
	site.Sort()
	return made, site
}

// key stands for everything that a file is made from: the finished page and what it shows, the format and the sheets, the
// dates in the file, the words of the language, and the programs and fonts of this machine.
func (m *maker) key(t task, words said) render.Key {
	h := sha256.New()
	part := func(data []byte) {
		_ = binary.Write(h, binary.BigEndian, int64(len(data)))
		h.Write(data)
	}
	settings, _ := json.Marshal(struct {
		File, Format, Address, Base, Edition string
		Imposed                              bool
		Sheets                               Sheets
		Date                                 time.Time
		Words                                string
	}{t.page.File(t.format), t.format.Name, t.page.Address, m.opt.Audited.Edition().BaseURL, m.opt.Audited.Edition().Name, t.imposed, m.opt.Sheets, m.dated(t.page), fmt.Sprint(words)})
	part(settings)
	part(t.page.HTML)
	if t.format.IsPDF() {
		for _, f := range m.shown(t.page.HTML) {
			part([]byte(f.Path))
			part(f.Data)
		}
	}
	part([]byte(m.machine()))
	return render.Key(h.Sum(nil))
}

// shown are the files that a page may show: all style sheets and fonts, and the pictures that it or a style sheet names.
func (m *maker) shown(page []byte) []output.File {
	var files []output.File
	site := m.opt.Audited.Site()
	var styles [][]byte
	for _, f := range site.Files {
		if path.Ext(f.Path) == ".css" {
			styles = append(styles, f.Data)
		}
	}
	for _, f := range site.Files {
		switch path.Ext(f.Path) {
		case ".css", ".woff2":
			files = append(files, f)
		case ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif":
			name := []byte(path.Base(f.Path))
			named := bytes.Contains(page, []byte(f.Path))
			for _, style := range styles {
				named = named || bytes.Contains(style, name)
			}
			if named {
				files = append(files, f)
			}
		}
	}
	return files
}

// machine tells the programs and fonts that a file is made with from others: another version has another size and date.
func machine(browser string) string {
	var b strings.Builder
	programs := []string{"lou_translate", "espeak-ng", "lame"}
	if found, err := pdf.Find(browser); err == nil {
		programs = append(programs, found.Path())
	}
	for _, name := range programs {
		found, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if whole, err := filepath.EvalSymlinks(found); err == nil {
			found = whole
		}
		stamp(&b, found)
	}
	// The browser itself, where its name leads to a script of the distribution.
	home := os.Getenv("HOME")
	for _, name := range []string{"/usr/lib/chromium/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/usr/share/fonts/truetype", "/usr/share/fonts/opentype", "/usr/local/share/fonts", home + "/.fonts", home + "/.local/share/fonts"} {
		stamp(&b, name)
	}
	return b.String()
}

func stamp(b *strings.Builder, name string) {
	if info, err := os.Stat(name); err == nil {
		fmt.Fprintf(b, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
	}
}

// dated is the date that a file carries: that of its page's words. A file of unchanged words stays the same, byte for byte,
// whenever it is made.
func (m *maker) dated(p *Page) time.Time {
	if p.Dated.IsZero() || p.Dated.After(m.opt.Clock) {
		return m.opt.Clock
	}
	return p.Dated
}
