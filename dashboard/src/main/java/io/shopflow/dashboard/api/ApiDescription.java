package io.shopflow.dashboard.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The description of the API: without the pages, and with the answers that all operations have in
 * common.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Paths paths = OASFactory.createPaths();
        description
                .getPaths()
                .getPathItems()
                .forEach(
                        (path, item) -> {
                            if (Problems.concerns(path)) {
                                item.getOperations().values().forEach(ApiDescription::complete);
                                paths.addPathItem(path, item);
                            }
                        });
        description.setPaths(paths);
        description
                .getComponents()
                .addSchema(
                        "Problem",
                        object(
                                Map.of(
                                        "type",
                                                text(
                                                        "about:blank: the status identifies the kind."),
                                        "title", text("The name of the status."),
                                        "status", of(SchemaType.INTEGER, "The status."),
                                        "detail", text("What is wrong, and what to do."),
                                        "parameters",
                                                of(
                                                                SchemaType.ARRAY,
                                                                "The parameters that are invalid.")
                                                        .items(
                                                                object(
                                                                        Map.of(
                                                                                "parameter",
                                                                                text("Its name."),
                                                                                "given",
                                                                                text("Its value."),
                                                                                "allowed",
                                                                                text(
                                                                                        "What is"
                                                                                                + " allowed.")))))));
    }

    private static Schema object(Map<String, Schema> properties) {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT);
        new TreeMap<>(properties).forEach(object::addProperty);
        return object;
    }

    private static Schema text(String meaning) {
        return of(SchemaType.STRING, meaning);
    }

    private static Schema of(SchemaType type, String meaning) {
        return OASFactory.createSchema().addType(type).description(meaning);
    }

    private static void complete(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse("304", answer("The reader has this version (If-None-Match)."))
                .addAPIResponse("400", problem("A parameter is invalid."))
                .addAPIResponse("404", problem("There is no such thing."))
                .addAPIResponse(
                        "503",
                        problem(
                                "The warehouse cannot be read now; Retry-After has the seconds to wait."));
    }

    private static APIResponse answer(String meaning) {
        return OASFactory.createAPIResponse().description(meaning);
    }

    private static APIResponse problem(String meaning) {
        return answer(meaning)
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        Problems.MEDIA_TYPE,
                                        OASFactory.createMediaType()
                                                .schema(OASFactory.createSchema().ref("Problem"))));
    }
}
