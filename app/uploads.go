package app

import (
	"bytes"
	"time"

	"github.com/valyala/fasthttp"

	"wenguan/handlers"
	"wenguan/models/organization"
)

// An upload of a document, or of the photo of an appeal, may be larger than any other request, and may take its time on a bad network. Only callers who
// bring a session get this; what it is worth is looked at when the request has been read.
const (
	uploadTime  = 3 * time.Minute
	largestFile = organization.MaxDocumentBytes + 1<<10 // a little more, so that huma refuses it with a problem
)

// patience is how large a request may be and how long reading it may take, by its header; the zero value leaves both as
// they are.
func patience(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path, _, _ := bytes.Cut(header.RequestURI(), []byte("?"))
	signedIn := len(header.Peek(fasthttp.HeaderAuthorization)) > 0 || len(header.Peek(fasthttp.HeaderCookie)) > 0
	document := header.IsPost() && bytes.HasPrefix(path, []byte(handlers.Prefix+"/organizations/")) && bytes.HasSuffix(path, []byte("/documents"))
	photo := header.IsPut() && bytes.HasPrefix(path, []byte(handlers.Prefix+"/account/appeals/")) && bytes.HasSuffix(path, []byte("/photo"))
	if !signedIn || !document && !photo {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{ReadTimeout: uploadTime, MaxRequestBodySize: largestFile}
}
