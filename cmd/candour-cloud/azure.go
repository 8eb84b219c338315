package main

import (
	"bytes"
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
	azureblob "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"

	"candour/internal/deploy"
)

// azure writes to Azure in one request a file. The way over gocloud.dev v0.47 sends streams, whose failure ends the program:
// its writer closes a pipe that is nil, and the client below takes memory away that the connection still reads.
type azure struct {
	*container.Client
	folder string // ends with a slash where there is one
}

func (c azure) write(ctx context.Context, key string, data, md5 []byte, a deploy.Attributes, absent bool) error {
	o := &blockblob.UploadOptions{
		HTTPHeaders:             &azureblob.HTTPHeaders{BlobContentType: &a.Type, BlobCacheControl: &a.Cache, BlobContentMD5: md5},
		TransactionalValidation: azureblob.TransferValidationTypeMD5(md5),
	}
	if absent {
		any := azcore.ETagAny
		o.AccessConditions = &azureblob.AccessConditions{ModifiedAccessConditions: &azureblob.ModifiedAccessConditions{IfNoneMatch: &any}}
	}
	_, err := c.NewBlockBlobClient(c.folder+key).Upload(ctx, streaming.NopCloser(bytes.NewReader(data)), o)
	return err
}
