package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path below the API's base, and what answers it. */
record Route(Pattern path, Function<Call, ShopResponse> handler) {

    /** A path that can be read. In it, {@code {id}} stands for a number. */
    static Route get(String path, Function<Call, ShopResponse> handler) {
        return new Route(Pattern.compile(path.replace("{id}", "(\\d{1,18})")), handler);
    }

    /**
     * A request that matches a route.
     *
     * @param path the matched path with its ids
     */
    record Call(Matcher path, Query query) {
        /** The first id in the path. */
        long id() {
            return Long.parseLong(path.group(1));
        }

        /** The second id in the path, below the first. */
        long innerId() {
            return Long.parseLong(path.group(2));
        }

        /** Returns one row, or the requested fields of it. */
        ShopResponse answer(ObjectNode row) {
            query.check();
            return ShopResponse.of(query.select(row));
        }
    }
}
