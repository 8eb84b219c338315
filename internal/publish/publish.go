// Package publish puts a site into a folder: all of it or nothing.
//
// Reach for [Write]. It builds the new site beside the folder, brings it to the disk, and changes the two over by a
// rename, so that a reader and a crash see the old site or the new one and never a mixture, and files of pages that are
// gone are gone. Whatever fails before the rename leaves the folder as it was.
//
// Work in progress lies beside the folder, as .NAME.candour-new-… and the like. Only a process that is killed leaves any
// behind, and the next Write into the same folder clears it up.
package publish

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"candour/internal/level"
	"candour/internal/output"
)

// Options say where a site goes.
type Options struct {
	Dir      string   // output folder, absolute; made if it is missing, with FolderMode of the manifest's clearance
	Source   string   // content repository, absolute, which must not be overwritten
	Manifest Manifest // without Program and Files, which Write fills in

	// Wait is how long to wait for another Write into the same folder. Zero means a minute.
	Wait time.Duration

	machine machine // for tests; nil means the machine itself
}

// Result counts files; the manifest is not counted.
type Result struct {
	Written int // new or changed
	Reused  int // the same as in the last site
	Removed int // in the last site, not in this one

	// Leftovers are old trees beside the folder that could not be removed. The site is published all the same; the next
	// Write tries again.
	Leftovers []string
}

// job is one Write.
type job struct {
	machine
	dir     string // with links followed
	parent  string
	name    string
	files   []output.File
	list    []FileEntry
	tree    *node
	encoded []byte               // the new manifest
	edition string               // that it names
	cleared level.Level          // likewise
	known   map[string]FileEntry // what the last manifest lists
	made    []string             // parents that were missing
	mode    fs.FileMode          // of the folder that is there, since who closed it to others wants it kept closed, or of a new one
}

// Write publishes site. On an error the folder is as it was before; the error is of type *TargetError if the folder must
// not be published into or holds an edition that was cleared for less, *LockedError if another build holds it.
func Write(ctx context.Context, site output.Site, opt Options) (Result, error) {
	j, err := prepare(site, opt)
	if err != nil {
		return Result{}, err
	}
	unlock, err := j.lock(ctx, cmp.Or(opt.Wait, time.Minute))
	if err != nil {
		j.removeParents()
		return Result{}, fmt.Errorf("publishing: %w", err)
	}
	defer unlock()
	result, err := j.publish(ctx)
	if err != nil {
		j.removeParents()
		return Result{}, fmt.Errorf("publishing: %w", err)
	}
	return result, nil
}

// prepare does what needs no lock, and changes nothing.
func prepare(site output.Site, opt Options) (*job, error) {
	if err := checkPlace(opt.Dir, opt.Source); err != nil {
		return nil, err
	}
	dir, err := resolve(filepath.Clean(opt.Dir))
	if err != nil {
		return nil, err
	}
	j := &job{machine: opt.machine, dir: dir, parent: filepath.Dir(dir), name: filepath.Base(dir)}
	if j.machine == nil {
		j.machine = disk{}
	}
	clearance := level.Public
	if c := opt.Manifest.Clearance; c != "" {
		if clearance, err = level.ParseLevel(c); err != nil {
			return nil, err
		}
	}
	j.mode, j.edition, j.cleared = FolderMode(clearance), opt.Manifest.Edition, clearance
	j.files = slices.Clone(site.Files)
	slices.SortFunc(j.files, func(a, b output.File) int { return cmp.Compare(a.Path, b.Path) })
	j.list = entries(j.files)
	if j.tree, err = plan(j.files, j.list); err != nil {
		return nil, err
	}
	manifest := opt.Manifest
	manifest.Program, manifest.Files = program, j.list
	j.encoded, err = manifest.encode()
	return j, err
}

// lock makes the parent folder if need be and locks the output folder's name in it.
func (j *job) lock(ctx context.Context, wait time.Duration) (func(), error) {
	for try := 0; ; try++ {
		if err := j.makeParents(j.parent); err != nil {
			return nil, err
		}
		unlock, err := lock(ctx, j.parent, j.name, wait)
		if errors.Is(err, fs.ErrNotExist) && try < 10 {
			continue // another build had made the parent, failed, and removed it again
		}
		return unlock, err
	}
}

// publish is the work under the lock.
func (j *job) publish(ctx context.Context) (Result, error) {
	var result Result
	left, err := j.recover()
	if err != nil {
		return result, err
	}
	if err := checkContent(j.dir); err != nil {
		return result, err
	}
	exists, last, err := j.last()
	if err != nil {
		return result, err
	}
	for _, e := range j.list {
		delete(last, e.Path)
	}
	result.Removed = len(last)

	if done, err := j.leave(ctx); err != nil {
		return result, err
	} else if done {
		result.Reused = len(j.files)
		result.Leftovers = left
		return result, nil
	}

	// The new tree has a name of its own inside the folder for work in progress, see Spread.
	work := j.beside("new")
	fresh := filepath.Join(work, random())
	if err = j.Mkdir(work); err == nil {
		j.Spread(work)
		result.Written, result.Reused, err = j.build(ctx, fresh)
	}
	if err == nil {
		err = j.Flush(j.parent)
	}
	if err == nil {
		err = context.Cause(ctx)
	}
	old := ""
	if err == nil {
		old, err = j.swap(fresh, exists)
	}
	if err != nil {
		return Result{}, errors.Join(err, j.drop(work))
	}
	for _, path := range []string{work, old} {
		if path != "" && j.drop(path) != nil {
			left = append(left, path)
		}
	}
	result.Leftovers = left
	return result, nil
}

// last looks at the site that is there now.
func (j *job) last() (exists bool, files map[string]FileEntry, err error) {
	info, err := os.Lstat(j.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil, nil
	}
	if err == nil {
		j.mode = info.Mode().Perm()
		err = j.Writable(j.dir)
	}
	if err != nil {
		return false, nil, err
	}
	manifest, err := ReadManifest(j.dir)
	if err != nil {
		if errors.Is(err, ErrNoManifest) {
			err = nil
		}
		return true, nil, err
	}
	if err := manifest.admits(j.dir, j.edition, j.cleared); err != nil {
		return true, nil, err
	}
	j.known = make(map[string]FileEntry, len(manifest.Files))
	files = make(map[string]FileEntry, len(manifest.Files))
	for _, e := range manifest.Files {
		j.known[e.Path] = e
		files[e.Path] = e
	}
	return true, files, nil
}

// drop removes a tree, and tries twice: a full disk or an indexer looking in may pass.
func (j *job) drop(path string) error {
	if j.RemoveAll(path) == nil {
		return nil
	}
	return j.RemoveAll(path)
}

// beside gives a name for work in progress, next to the output folder so that a rename can bring it there.
func (j *job) beside(kind string) string {
	return filepath.Join(j.parent, "."+j.name+".candour-"+kind+"-"+random())
}

func random() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func (j *job) makeParents(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := j.makeParents(filepath.Dir(dir)); err != nil {
		return err
	}
	err := j.Mkdir(dir)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		j.made = append(j.made, dir)
	}
	return err
}

// removeParents takes the parents away again that we made, unless somebody has put something there.
func (j *job) removeParents() {
	for _, dir := range slices.Backward(j.made) {
		j.Remove(dir)
	}
}
