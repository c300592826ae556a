package io.shopflow.local.s3;

import io.shopflow.local.callers.Callers;
import io.shopflow.local.callers.Callers.Refusal;
import io.shopflow.local.callers.HttpCall;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses web pages and calls without the stack's key, as S3 refuses: 403 and an XML document. */
final class CallersFilter extends OncePerRequestFilter {

    private final Callers callers;

    CallersFilter(Callers callers) {
        this.callers = callers;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Refusal> refusal = callers.refusal(call(request), new byte[0], "s3");
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/xml");
        response.getWriter()
                .write(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                                .formatted(refusal.get().code(), refusal.get().message()));
    }

    private static HttpCall call(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, String.join(",", Collections.list(request.getHeaders(name))));
        }
        return new HttpCall(
                request.getMethod(), request.getRequestURI(), request.getQueryString(), headers);
    }
}
