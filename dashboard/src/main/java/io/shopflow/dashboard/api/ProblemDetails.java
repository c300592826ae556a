package io.shopflow.dashboard.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import java.util.List;

/**
 * The body of an error response, as of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC
 * 9457</a>; {@link ApiDescription} describes it.
 *
 * @param type about:blank: the status identifies the kind of problem
 * @param title the name of the status
 * @param detail what is wrong, and what to do
 * @param parameters those that are invalid
 */
@RegisterForReflection
record ProblemDetails(
        String type, String title, int status, String detail, List<Parameter> parameters) {

    /** An invalid parameter, with its value and what is allowed. */
    @RegisterForReflection
    record Parameter(String parameter, String given, String allowed) {
        static Parameter of(Mistake mistake) {
            return new Parameter(mistake.parameter(), mistake.given(), mistake.allowed());
        }
    }
}
