package deploy

import (
	"context"
	"crypto/md5"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Folder is a bucket in a folder: that of a web server, or a share. It is made when something is put into it.
type Folder string

func (f Folder) name(key string) string { return filepath.Join(string(f), filepath.FromSlash(key)) }

// part is the name of a file that is not whole yet. One that a crash left behind belongs to nobody, so the next deploy
// removes it.
const part = ".candour-part-*"

func (f Folder) List(ctx context.Context, prefix string) ([]Object, error) {
	var out []Object
	err := filepath.WalkDir(string(f), func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err = errors.Join(err, ctx.Err()); err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(string(f), p)
		key := filepath.ToSlash(rel)
		if err != nil || !strings.HasPrefix(key, prefix) {
			return err
		}
		o := Object{Key: key}
		if d.Type().IsRegular() { // a link has no digest, so that a file takes its place
			data, err := os.ReadFile(p)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				return err
			}
			sum := md5.Sum(data)
			o.Size, o.MD5 = int64(len(data)), sum[:]
		}
		out = append(out, o)
		return nil
	})
	return out, plain(err)
}

func (f Folder) Get(_ context.Context, key string) ([]byte, error) {
	data, err := os.ReadFile(f.name(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	return data, plain(err)
}

func (f Folder) Put(ctx context.Context, key string, data []byte, _ Attributes) error {
	return f.put(ctx, key, data, os.Rename)
}

// PutIfAbsent is a hard link: unlike a rename it never replaces a file, and unlike opening for writing it gives no other
// the sight of half a file.
func (f Folder) PutIfAbsent(ctx context.Context, key string, data []byte, _ Attributes) error {
	err := f.put(ctx, key, data, func(from, to string) error { return errors.Join(os.Link(from, to), os.Remove(from)) })
	if errors.Is(err, fs.ErrExist) {
		return ErrExists
	}
	return err
}

func (f Folder) put(ctx context.Context, key string, data []byte, settle func(from, to string) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	name := f.name(key)
	defer func() { err = plain(err) }()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), part)
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close())
	if err == nil {
		err = settle(tmp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

// Delete also removes folders that are empty without the file.
func (f Folder) Delete(_ context.Context, key string) error {
	if err := os.Remove(f.name(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return plain(err)
	}
	for dir := filepath.Dir(filepath.FromSlash(key)); dir != "."; dir = filepath.Dir(dir) {
		if os.Remove(filepath.Join(string(f), dir)) != nil {
			break
		}
	}
	return nil
}

// plain puts what a machine answers into words.
func plain(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &Problem{"the target is full", "make room there, then run candour deploy again: it goes on where it stopped"}
	case errors.Is(err, fs.ErrPermission):
		return &Problem{"the target may not be written to", "ask whoever looks after it to let this account write there"}
	}
	return err
}
