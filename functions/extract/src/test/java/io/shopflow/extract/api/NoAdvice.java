package io.shopflow.extract.api;

/** For an API whose errors need no advice. */
final class NoAdvice implements ErrorAdvice {

    @Override
    public InvalidResponseException rejected(ApiResponse response) {
        return InvalidResponseException.refused("token", "is refused");
    }

    @Override
    public String errorCode(ApiResponse response) {
        return "";
    }

    @Override
    public String notJson(byte[] body) {
        return "returns something other than JSON";
    }
}
