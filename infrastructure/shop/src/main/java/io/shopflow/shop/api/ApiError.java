package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An error response in WordPress's format. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode body;

    private ApiError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.body = JsonNodeFactory.instance.objectNode();
        body.put("code", code);
        body.put("message", message);
    }

    static ApiError of(int status, String code, String message) {
        ApiError error = new ApiError(status, code, message);
        error.body.putObject("data").put("status", status);
        return error;
    }

    /** Some errors about refunds are a 500 whose {@code data} is a plain number. */
    static ApiError aboutRefund(String code, String message, int data) {
        ApiError error = new ApiError(500, code, message);
        error.body.put("data", data);
        return error;
    }

    static ApiError noRoute() {
        return of(404, "rest_no_route", "No route was found matching the URL and request method.");
    }

    static ApiError noOrder() {
        return of(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
    }

    static ApiError noProduct() {
        return of(404, "woocommerce_rest_product_invalid_id", "Invalid ID.");
    }

    static ApiError cannotView() {
        return of(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
    }

    static ApiError notAuthenticated(String message) {
        return of(401, "woocommerce_rest_authentication_error", message);
    }

    static ApiError invalidParameters(Map<String, InvalidParameter> invalid) {
        String names = String.join(", ", invalid.keySet());
        ApiError error = of(400, "rest_invalid_param", "Invalid parameter(s): " + names);
        ObjectNode data = (ObjectNode) error.body.path("data");
        ObjectNode params = data.putObject("params");
        ObjectNode details = data.putObject("details");
        invalid.forEach(
                (name, why) -> {
                    params.put(name, why.message());
                    ObjectNode detail = details.putObject(name);
                    detail.put("code", why.code());
                    detail.put("message", why.message());
                    if (why.code().equals(InvalidParameter.TYPE)) {
                        detail.putObject("data").put("param", name);
                    } else {
                        detail.putNull("data");
                    }
                });
        return error;
    }

    ShopResponse response() {
        return new ShopResponse(status, body);
    }

    /** Why a parameter is invalid. */
    record InvalidParameter(String code, String message) {
        /** The code of a value of another type. */
        static final String TYPE = "rest_invalid_type";
    }
}
