package printing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"candour/internal/level"
	"candour/internal/output"
	"candour/internal/publish"
)

// PrintedName is the list of what was printed into a folder. It lies in that folder, so that any machine and any later version
// knows what is print's own there, and what somebody else's.
const PrintedName = "printed.json"

// printed is that list. It names nothing but the files that lie beside it and the addresses of their leaflets.
type printed struct {
	Program   string                 `json:"program"`
	Edition   string                 `json:"edition"`
	Clearance string                 `json:"clearance"`
	Files     map[string]printedFile `json:"files"` // by name
}

type printedFile struct {
	Leaflet string `json:"leaflet"` // its address in the site
	Name    string `json:"name"`    // of the leaflet's files
	// SHA256 are the digests that the file may have: two while a run writes another over it, or where it was cut short then.
	SHA256 []string `json:"sha256"`
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readPrinted reads the list of a folder; nil where there is none of ours.
func readPrinted(dir string) (*printed, error) {
	name := filepath.Join(dir, PrintedName)
	if info, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var p printed
	if json.Unmarshal(data, &p) != nil || p.Program != "candour" {
		return nil, nil
	}
	return &p, nil
}

func (p *printed) write(dir string) error {
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	if err := replace(filepath.Join(dir, PrintedName), append(data, '\n')); err != nil {
		return fmt.Errorf("writing %s: %w", PrintedName, err)
	}
	return nil
}

// CheckEdition refuses a folder that holds what was printed of another edition, or of one that was cleared for less: what is in
// it was given to other people. The error is then a *publish.TargetError.
func CheckEdition(dir, edition string, clearance level.Level) error {
	p, err := readPrinted(dir)
	if err != nil || p == nil {
		return err
	}
	if p.Edition == edition && (p.Clearance == clearance.String() || clearance == level.Public) {
		return nil
	}
	what := fmt.Sprintf("it holds leaflets printed of the edition %q, and this is the edition %q", p.Edition, edition)
	if p.Edition == edition {
		what = fmt.Sprintf("what it holds was printed for the clearance %q, and the edition %q now has the clearance %q", p.Clearance, edition, clearance)
	}
	return &publish.TargetError{Dir: dir, Message: what, Hint: "give another folder with --output, or delete this one first if nobody needs what is in it"}
}

// known adds a file that is about to be written, under the digests that it may have until then.
func (p *printed) known(item *Item) {
	f := item.Made.File()
	sums := append(p.Files[f.Path].SHA256, digest(f.Data))
	slices.Sort(sums)
	p.Files[f.Path] = printedFile{item.Page.At, item.Page.Name, slices.Compact(sums)}
}

// Away is a file that went, or should have gone.
type Away struct {
	Name string
	Why  string // in the words of a sentence that begins with the file
	Kept bool   // it lies there still, for somebody to look at
}

// clear removes what the list has and may not be given out any more: files of leaflets that are not among current, files that
// the audit refuses today, and files of leaflets just printed whose names are others now.
func (p *printed) clear(ctx context.Context, f Folder, made []*Item) (away []Away, err error) {
	fresh, printedNow := map[string]bool{}, map[string]bool{}
	for _, item := range made {
		fresh[item.Made.File().Path], printedNow[item.Page.At] = true, true
	}
	current := map[string]*Page{}
	for _, page := range f.Current {
		current[page.At] = page
	}
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		is := p.Files[name]
		if fresh[name] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return away, err
		}
		if !fs.ValidPath(name) || filepath.Base(name) != name || name == PrintedName {
			delete(p.Files, name) // print writes no such file
			continue
		}
		path := filepath.Join(f.Dir, name)
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			delete(p.Files, name)
			continue
		}
		if err != nil {
			return away, err
		}
		var data []byte
		if info.Mode().IsRegular() {
			if data, err = os.ReadFile(path); err != nil {
				return away, err
			}
		}
		why, page := "", current[is.Leaflet]
		switch {
		case page == nil:
			why = "its leaflet is not in this edition any more"
		case printedNow[is.Leaflet] && is.Name != page.Name:
			why = "the files of its leaflet have another name now"
		default:
			fit, err := f.Fit(ctx, output.File{Path: name, Data: data, Source: page.Source})
			switch {
			case ctx.Err() != nil:
				return away, ctx.Err()
			case err != nil:
				away = append(away, Away{name, "it was printed before, and nothing on this machine can read it to see whether it may still be given out", true})
			case !fit:
				why = "it has what is withheld now; print its leaflet again"
			}
		}
		switch {
		case why == "":
			continue
		case !info.Mode().IsRegular() || !slices.Contains(is.SHA256, digest(data)):
			away = append(away, Away{name, why + ", and somebody has changed the file since it was printed", true})
			continue
		}
		if err := os.Remove(path); err != nil {
			return away, err
		}
		delete(p.Files, name)
		away = append(away, Away{name, why, false})
	}
	return away, nil
}
