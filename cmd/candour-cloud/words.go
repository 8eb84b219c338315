package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"gocloud.dev/gcerrors"
	"google.golang.org/api/googleapi"

	"candour/internal/deploy"
)

// answer is what a store said: its own name for what went wrong, where it gave one, and the status of HTTP; 0 where none came.
func answer(err error) (code string, status int) {
	var api smithy.APIError
	var s3 *smithyhttp.ResponseError
	var azure *azcore.ResponseError
	var google *googleapi.Error
	switch {
	case errors.As(err, &azure):
		return azure.ErrorCode, azure.StatusCode
	case errors.As(err, &google):
		if len(google.Errors) > 0 {
			code = google.Errors[0].Reason
		}
		return code, google.Code
	}
	if errors.As(err, &api) {
		code = api.ErrorCode()
	}
	if errors.As(err, &s3) {
		status = s3.HTTPStatusCode()
	}
	return code, status
}

// noBucket are the names for a bucket that is not there. Google has one name for that and for a file; a bucket is listed
// before a file is asked for.
var noBucket = []string{"NoSuchBucket", "ContainerNotFound", "ContainerBeingDeleted"}

// missing reports whether a file is not there. A store that may not be read is another matter, whatever the library makes
// of it.
func missing(err error) bool {
	if err == nil || gcerrors.Code(err) != gcerrors.NotFound {
		return false
	}
	code, status := answer(err)
	return status != http.StatusForbidden && status != http.StatusUnauthorized && !slices.Contains(noBucket, code) && !strings.Contains(err.Error(), "no such host")
}

// exists reports whether a file that must not be there is: also while another is writing it.
func exists(err error) bool {
	if err == nil {
		return false
	}
	code, status := answer(err)
	c := gcerrors.Code(err)
	return c == gcerrors.FailedPrecondition || c == gcerrors.AlreadyExists || status == http.StatusPreconditionFailed ||
		code == "BlobAlreadyExists" || code == "ConditionNotMet" || code == "ConditionalRequestConflict"
}

// words says what a store answered, without an address, a key or a token: nothing of a library's message is passed on but
// the store's own short name for the fault.
func words(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	code, status := answer(err)
	is := func(names ...string) bool { return slices.Contains(names, code) }
	problem := func(text, hint string) error { return &deploy.Problem{Text: text, Hint: hint} }
	switch {
	case errors.Is(err, errTooLarge):
		return problem("a file at the store is too large to be one of ours", "look at what else is in the bucket")
	case is("RequestTimeTooSkewed", "RequestExpired"), code == "AuthenticationFailed" && strings.Contains(err.Error(), "date header"):
		return problem("this machine's clock and the store's are too far apart", "set this machine's clock")
	case noAccount(err):
		return problem("this machine has no account for the store", "docs/deploying.md says where accounts come from")
	case is("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"), status == http.StatusMovedPermanently:
		return problem("the bucket is in another region", "give its own in the address, as ?region=eu-west-2")
	case is("QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "AccountStorageCapacityExceeded"), status == http.StatusInsufficientStorage:
		return problem("the store is full, or over its quota", "make room there")
	case is("InvalidAccessKeyId", "XAdminUserNotFound", "SignatureDoesNotMatch", "AccessDenied", "ExpiredToken", "InvalidToken", "AuthenticationFailed", "AuthorizationFailure"),
		status == http.StatusForbidden, status == http.StatusUnauthorized:
		return problem("the store refuses this account", "check the account's key on this machine, and that it may list, read, write and delete in the bucket")
	case is("SlowDown", "ServerBusy", "rateLimitExceeded"), status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return problem("the store is too busy", "wait a while")
	case is(noBucket...), status == http.StatusNotFound && is("", "NotFound", "notFound"):
		return problem("there is no such bucket", "make it, or check its name and region")
	case status != 0 && code != "" && plainName(code):
		return problem("the store answered "+code, "look at the store: it may be ailing, or not take what was asked")
	case status != 0:
		return problem("the store answered "+http.StatusText(status), "look at the store: it may be ailing")
	}
	return problem("the store could not be reached", "check its address and the connection")
}

// noAccount reports whether a library found no account to use. They have no type for it.
func noAccount(err error) bool {
	text := err.Error()
	for _, sign := range []string{"failed to refresh cached credentials", "could not find default credentials", "DefaultAzureCredential", "no credentials found",
		"failed to get shared config profile", "Missing Region", "Invalid region", "AccountName is required"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// plainName reports whether a store's answer is a name and no sentence, in which anything might stand.
func plainName(code string) bool {
	return len(code) <= 60 && strings.IndexFunc(code, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) < 0
}
