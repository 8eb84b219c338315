package main

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/gcsblob"   // gs://
	_ "gocloud.dev/blob/s3blob"    // s3://

	"candour/internal/deploy"
)

// bucket is a cloud's. What it answers is put into words of ours: a library's error may quote an address with a token.
type bucket struct {
	*blob.Bucket
	azure azure // how files are sent, if there
}

const (
	// patience is how long one request may take, with the client's own new attempts: a store that hangs must not hold a
	// deploy for good.
	patience = 5 * time.Minute
	// largest is more than any file of a site or pack: what is longer is not read on.
	largest = 256 << 20
	// inParts is the size from which S3's client sends a file in parts. The store then knows no digest of the whole, so that
	// one goes along in digestKey.
	inParts   = 16 << 20
	digestKey = "md5"
)

var errTooLarge = errors.New("the file is too large")

func (b bucket) List(ctx context.Context, prefix string) ([]deploy.Object, error) {
	var out []deploy.Object
	for it := b.Bucket.List(&blob.ListOptions{Prefix: prefix}); ; {
		page, cancel := context.WithTimeout(ctx, patience)
		o, err := it.Next(page)
		cancel()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, words(ctx, err)
		}
		if o.IsDir || strings.HasSuffix(o.Key, "/") { // some stores list a folder as an empty object
			continue
		}
		sum := o.MD5
		if len(sum) == 0 && o.Size >= inParts {
			if sum, err = b.digest(ctx, o.Key); err != nil {
				return nil, words(ctx, err)
			}
		}
		out = append(out, deploy.Object{Key: o.Key, Size: o.Size, MD5: sum})
	}
}

// digest is what a file that came in parts was sent with; nil where it was not.
func (b bucket) digest(ctx context.Context, key string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	a, err := b.Attributes(ctx, key)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	sum, err := hex.DecodeString(a.Metadata[digestKey])
	if err != nil || len(sum) != md5.Size {
		return nil, nil
	}
	return sum, nil
}

func (b bucket) Get(ctx context.Context, key string) ([]byte, error) {
	data, err := b.read(ctx, key)
	if missing(err) {
		return nil, deploy.ErrNotFound
	}
	return data, words(ctx, err)
}

func (b bucket) read(ctx context.Context, key string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := b.NewReader(ctx, key, nil)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, largest+1))
	if len(data) > largest {
		return nil, errTooLarge
	}
	return data, err
}

func (b bucket) Put(ctx context.Context, key string, data []byte, a deploy.Attributes) error {
	return words(ctx, b.write(ctx, key, data, a, false))
}

func (b bucket) PutIfAbsent(ctx context.Context, key string, data []byte, a deploy.Attributes) error {
	err := b.write(ctx, key, data, a, true)
	if exists(err) {
		return deploy.ErrExists
	}
	return words(ctx, err)
}

func (b bucket) write(ctx context.Context, key string, data []byte, a deploy.Attributes, absent bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	sum := md5.Sum(data)
	if b.azure.Client != nil {
		return b.azure.write(ctx, key, data, sum[:], a, absent)
	}
	o := &blob.WriterOptions{ContentType: a.Type, CacheControl: a.Cache, IfNotExist: absent, ContentMD5: sum[:]}
	if len(data) >= inParts {
		o.Metadata = map[string]string{digestKey: hex.EncodeToString(sum[:])}
	}
	return b.Upload(ctx, key, bytes.NewReader(data), o)
}

func (b bucket) Delete(ctx context.Context, key string) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := b.Bucket.Delete(limited, key)
	if missing(err) {
		return nil
	}
	return words(ctx, err)
}
