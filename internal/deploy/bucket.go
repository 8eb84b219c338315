// Package deploy brings a published site to where readers get it, and compares what is there with its manifest.
//
// Reach for [Read], which accepts nothing but a folder whose every byte its manifest vouches for, then [Send] and
// [Verify]. Where a site goes to is a [Bucket]; [Folder] is one. A client for a cloud is another, and is no part of the
// program's default build.
package deploy

import (
	"context"
	"errors"
	"fmt"
)

// Object is what a bucket says of a file in it without sending it.
type Object struct {
	Key  string // a path of the site, or of [lockPrefix]
	Size int64
	MD5  []byte // nil where the bucket does not know: the file is then sent again
}

// Attributes go with a file.
type Attributes struct{ Type, Cache string }

// Bucket is a place that holds files by name. A file that is put appears whole or not at all.
type Bucket interface {
	List(ctx context.Context, prefix string) ([]Object, error) // every object whose key begins with prefix
	Get(ctx context.Context, key string) ([]byte, error)       // ErrNotFound
	Put(ctx context.Context, key string, data []byte, a Attributes) error
	PutIfAbsent(ctx context.Context, key string, data []byte, a Attributes) error // ErrExists; of two at once, one wins
	Delete(ctx context.Context, key string) error                                 // no error where there is none
}

// What a bucket answers.
var (
	ErrNotFound = errors.New("there is no such file")
	ErrExists   = errors.New("there is such a file already")
)

// Refusal means that a site must not be sent, or not there: whoever asked can mend it.
type Refusal struct{ Text, Hint string }

func (r *Refusal) Error() string { return r.Text }

func refuse(hint, format string, args ...any) error {
	return &Refusal{Text: fmt.Sprintf(format, args...), Hint: hint}
}

// Problem is what a place answered, in words that hold no address, key or token.
type Problem struct{ Text, Hint string }

func (p *Problem) Error() string { return p.Text }
