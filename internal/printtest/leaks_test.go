//go:build browser

package printtest

import (
	"archive/zip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"candour/internal/media"
)

// guarded is a leaflet that withholds something of every sort.
const guarded = `-- content/leaflets/festival/guarded/index.md --
+++
title = "Guarded"
summary = "Meet at Tarnhollow stile."
date = 2026-09-14
setting = "festival"
audience = ["public"]
contact_slots = ["Welfare room"]
attachments = ["vexford.png"]
[extra]
contact = "Dana Quillon"
[[withhold]]
field = "summary"
reason = "law-enforcement"
[[withhold]]
passage = "gate"
reason = "law-enforcement"
[[withhold]]
section = "route"
reason = "health-and-safety"
[[withhold]]
file = "vexford.png"
reason = "confidential"
+++
## Act now {#act}

Call 999 and ask for an ambulance. Ask {{< field "extra.contact" >}} for help
{{< passage "gate" >}}behind the Marlowdene gate{{< /passage >}} and stay.

![Brackenholt map](vexford.png)

{{< table figure="kits" x="area" series="year" >}}

## Zephyrine route {#route}

The Marrowick lane is [watched](https://skerrowby.example/plan).[^1]

[^1]: Grindlewick report.

## After {#after}

Rest, and talk to somebody.
-- data/kits.csv --
area,year,callouts,station
Harbour,2025,983,Quillfarrow Rise
Vale,2025,9120,Quillfarrow Rise
Moor,2025,8700,Quillfarrow Rise
-- data/kits.csv.toml --
title = "Call-outs"
source = "Illustrative figures for a fictional place"
licence = "Open Government Licence v3.0"
date = 2026-10-31
[[column]]
key = "area"
type = "area"
[[column]]
key = "year"
type = "period"
[[column]]
key = "callouts"
type = "number"
[[column]]
key = "station"
type = "note"
level = "partners"
reason = "confidential"
[suppression]
below = 1000
level = "restricted"
`

// Nothing that is withheld is in any format, wherever a reader or a program may look in it. The same readers find it in the
// edition that may have it, so that they would find it here.
func TestNothingWithheldIsInAnyFormat(t *testing.T) {
	folder := repository(t, guarded)
	if err := os.WriteFile(filepath.Join(folder, "content/leaflets/festival/guarded/vexford.png"), picture(t, 600, 400), 0o644); err != nil {
		t.Fatal(err)
	}
	const formats = "a4,text,epub,braille,audio-script,audio"
	for edition, shows := range map[string]bool{"public": false, "internal": true} {
		out := filepath.Join(t.TempDir(), "out")
		must(t, folder, "print", "--format", formats, "--edition", edition, "--output", out)
		names := strings.Fields(files(out))
		if len(names) != 6 {
			t.Fatalf("%s: %v", edition, names)
		}
		for _, name := range names {
			read, stored := everything(t, filepath.Join(out, name))
			text := strings.ToLower(name + "\n" + read + "\n" + stored)
			for _, value := range []string{"Quillon", "Marlowdene", "Marrowick", "Zephyrine"} {
				if found := strings.Contains(text, strings.ToLower(value)); found != (shows && !strings.HasSuffix(name, ".mp3")) {
					t.Errorf("%s, %s: that it has %s is %v", edition, name, value, found)
				}
			}
			for _, value := range []string{"Tarnhollow", "skerrowby", "Grindlewick", "vexford", "Brackenholt", "Quillfarrow", "%51uillon"} {
				if !shows && strings.Contains(text, strings.ToLower(value)) {
					t.Errorf("%s, %s has %s", edition, name, value)
				}
			}
			// Three digits stand in many a file without being a number that anybody reads.
			if found := smallNumber.MatchString(read); found && !shows || !found && shows && !strings.HasSuffix(name, ".mp3") {
				t.Errorf("%s, %s: that it has the small number is %v", edition, name, found)
			}
			if edition == "public" && strings.HasSuffix(name, ".pdf") && !strings.Contains(text, "code: https://plan.testford.example/leaflets/festival/guarded/\n") {
				t.Errorf("%s: the code is not read, or says something else", name)
			}
		}
	}
}

var smallNumber = regexp.MustCompile(`\b983\b`)

// everything is what readers and programs get out of a file: by format, its text, structure, metadata, attachments, alternative
// text, addresses of links, codes, parts, the print behind Braille; and what is stored in it: its bytes and what they unpack to.
func everything(t *testing.T, file string) (all, stored string) {
	t.Helper()
	data := read(t, file)
	stored = data
	switch filepath.Ext(file) {
	case ".txt":
		all = data
	case ".pdf":
		texts, err := media.Texts(file, []byte(data))
		if err != nil {
			t.Error(err)
		}
		stored += "\n" + strings.Join(texts, "\n")
		for _, args := range [][]string{{"pdftotext", file, "-"}, {"pdftotext", "-raw", file, "-"}, {"pdfinfo", file}, {"pdfinfo", "-meta", file}, {"pdfinfo", "-struct-text", file}, {"pdfinfo", "-url", file}, {"pdfinfo", "-dests", file}, {"pdfdetach", "-list", file}} {
			all += tool(t, args[0], args[1:]...) + "\n"
		}
		if attached := tool(t, "pdfdetach", "-list", file); !strings.HasPrefix(attached, "0 embedded files") {
			t.Errorf("%s has attachments: %s", file, attached)
		}
		prefix := filepath.Join(t.TempDir(), "page")
		tool(t, "pdftoppm", "-r", "150", "-gray", "-png", file, prefix)
		pictures, _ := filepath.Glob(prefix + "*.png")
		for _, code := range codes(t, pictures...) {
			all += "code: " + code + "\n"
		}
	case ".epub":
		z, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			all += f.Name + "\n" + string(part) + "\n"
		}
	case ".brf":
		// Words that go over the end of a line are whole in what is read without line ends.
		for _, table := range []string{"en-ueb-g2.ctb", "en-ueb-g1.ctb"} {
			for _, brf := range []string{data, strings.Join(strings.Fields(data), " ")} {
				cmd := exec.Command("lou_translate", "--backward", "en-us-brf.dis,"+table)
				cmd.Stdin = strings.NewReader(strings.NewReplacer("\r", "", "\f", "", `\`, `\\`).Replace(brf))
				print, err := cmd.Output()
				if err != nil {
					t.Fatal(err)
				}
				all += string(print) + "\n"
			}
		}
	}
	return all, stored
}
