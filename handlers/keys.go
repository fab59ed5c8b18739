package handlers

import "context"

// bytesOutput is an answer that a model made ready to send.
type bytesOutput struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) passKeys(ctx context.Context, _ *struct{}) (*bytesOutput, error) {
	keys, err := a.Passes.JWKS(ctx)
	if err != nil {
		return nil, err
	}
	return &bytesOutput{"application/jwk-set+json", "public, max-age=300", keys}, nil
}
