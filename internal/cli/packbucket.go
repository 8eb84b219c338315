package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"candour/internal/deploy"
	"candour/internal/pack"
)

// mostPacks is how many bytes of packs are read from one folder of a bucket.
const mostPacks = 512 << 20

// packsAt reads a pack from a bucket, or, where the address does not end in .pack, those that lie in a folder of one.
func (a *app) packsAt(ctx context.Context, address string, limit int64) ([][]byte, error) {
	refuse := func(text, hint string) error { return &pack.Refusal{Cause: "source", Text: text, Hint: hint} }
	fail := func(err error) error {
		var r *deploy.Refusal
		var p *deploy.Problem
		switch {
		case errors.As(err, &r):
			return refuse("its source cannot be used: "+r.Text, r.Hint)
		case errors.As(err, &p):
			return refuse("its source cannot be read: "+p.Text, p.Hint)
		}
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, refuse("its source is no address of a bucket", "write it like s3://BUCKET/national-2026.11.pack?region=eu-west-2")
	}
	name := ""
	if strings.HasSuffix(u.Path, ".pack") {
		u.Path, name = path.Split(u.Path)
		u.RawPath = ""
	}
	b, err := a.env.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, fail(err)
	}
	there, err := b.List(ctx, name)
	if err != nil {
		return nil, fail(err)
	}
	var archives [][]byte
	var total int64
	for _, o := range there {
		if !strings.HasSuffix(o.Key, ".pack") || strings.Contains(o.Key, "/") || name != "" && o.Key != name {
			continue
		}
		total += o.Size
		if o.Size > limit || total > mostPacks {
			return nil, refuse(fmt.Sprintf("its source holds a pack of more than %d MB, or more than %d MB of packs", limit>>20, int64(mostPacks)>>20), "give the address of the one pack, or tell the publisher")
		}
		data, err := b.Get(ctx, o.Key)
		if err != nil {
			return nil, fail(err)
		}
		archives = append(archives, data)
	}
	if len(archives) == 0 {
		return nil, refuse("there is no pack at its source", "check the bucket and the name with the publisher; it ends in .pack")
	}
	return archives, nil
}
