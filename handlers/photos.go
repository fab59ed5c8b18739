package handlers

import "context"

// photoBody is one more byte than a photo may have: the limit of a body is one it may not reach.
const photoBody = 1<<20 + 1

type addPhotoInput struct {
	Venue   string `path:"venue" maxLength:"60"`
	RawBody []byte `contentType:"image/*"`
}

// Photo is a picture of a venue.
type Photo struct {
	ID  string `json:"id"`
	URL string `json:"url" format:"uri-reference" example:"/api/v1/photos/01kb3v9e6m8s3c5d7f9h1j2k4m"`
}

type photoOutput struct {
	Location string `header:"Location"`
	Body     Photo
}

func (a *API) addPhoto(ctx context.Context, in *addPhotoInput) (*photoOutput, error) {
	id, err := a.Venues.AddPhoto(ctx, ActorOf(ctx), in.Venue, in.RawBody)
	if err != nil {
		return nil, err
	}
	photo := viewPhoto(id)
	return &photoOutput{photo.URL, photo}, nil
}

type removePhotoInput struct {
	Venue string `path:"venue" maxLength:"60"`
	Photo string `path:"photo" maxLength:"60"`
}

func (a *API) removePhoto(ctx context.Context, in *removePhotoInput) (*struct{}, error) {
	return nil, a.Venues.RemovePhoto(ctx, ActorOf(ctx), in.Venue, in.Photo)
}

type getPhotoInput struct {
	Photo string `path:"photo" maxLength:"60"`
}

func (a *API) getPhoto(ctx context.Context, in *getPhotoInput) (*bytesOutput, error) {
	photo, err := a.Venues.Photo(ctx, in.Photo)
	return &bytesOutput{photo.ContentType, "public, max-age=31536000, immutable", photo.Data}, err
}

func viewPhoto(id string) Photo { return Photo{id, Prefix + "/photos/" + id} }
