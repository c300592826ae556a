package io.shopflow.shop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error response in WordPress's format. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final transient ObjectNode body;

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

    static ApiError noCustomer() {
        return of(404, "wc_user_invalid_id", "Invalid user ID.");
    }

    static ApiError noReview() {
        return of(404, "woocommerce_rest_review_invalid_id", "Invalid review ID.");
    }

    static ApiError cannotView() {
        return of(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
    }

    static ApiError notAuthenticated(String message) {
        return of(401, "woocommerce_rest_authentication_error", message);
    }

    static ApiError invalidParameters(Map<String, Fault> faults) {
        ApiError error =
                of(
                        400,
                        "rest_invalid_param",
                        "Invalid parameter(s): " + String.join(", ", faults.keySet()));
        ObjectNode data = (ObjectNode) error.body.path("data");
        ObjectNode params = data.putObject("params");
        ObjectNode details = data.putObject("details");
        faults.forEach(
                (name, fault) -> {
                    params.put(name, fault.message());
                    ObjectNode detail = details.putObject(name);
                    detail.put("code", fault.code());
                    detail.put("message", fault.message());
                    if (fault.ofType() == null) {
                        detail.putNull("data");
                    } else {
                        detail.putObject("data").put("param", fault.ofType());
                    }
                });
        return error;
    }

    /**
     * An invalid parameter.
     *
     * @param ofType the parameter, if its type is wrong
     */
    record Fault(String code, String message, @Nullable String ofType) {}
}
