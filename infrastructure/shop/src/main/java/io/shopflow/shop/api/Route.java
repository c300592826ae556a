package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path below the API's base, and what answers it for some methods. */
record Route(Set<String> methods, Pattern path, Function<Call, Answer> handler) {

    /** A path that can be read. In a path, {@code {id}} stands for a number. */
    static Route get(String path, Function<Call, Answer> handler) {
        return of(Set.of("GET", "HEAD"), path, handler);
    }

    /** A path below which a row can be created. */
    static Route post(String path, Function<Call, Answer> handler) {
        return of(Set.of("POST"), path, handler);
    }

    /** A path whose row can be changed. */
    static Route update(String path, Function<Call, Answer> handler) {
        return of(Set.of("POST", "PUT", "PATCH"), path, handler);
    }

    /** A path whose row can be deleted. */
    static Route delete(String path, Function<Call, Answer> handler) {
        return of(Set.of("DELETE"), path, handler);
    }

    private static Route of(Set<String> methods, String path, Function<Call, Answer> handler) {
        return new Route(methods, Pattern.compile(path.replace("{id}", "(\\d{1,18})")), handler);
    }

    /**
     * A request that matches a route.
     *
     * @param path the matched path with its ids
     * @param body an empty object if the request has none
     */
    record Call(Matcher path, Query query, JsonNode body) {
        /** The first id in the path. */
        long id() {
            return Long.parseLong(path.group(1));
        }

        /** The second id in the path, below the first. */
        long innerId() {
            return Long.parseLong(path.group(2));
        }

        /** Returns one row, or the fields of it that the request asks for. */
        Answer answer(ObjectNode row) {
            query.check();
            return Answer.of(query.select(row));
        }
    }
}
