package io.partita.member.rest;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of commands that can be sent as they are, in the order of {@code openapi-examples.json}, to a member that has nothing yet. A test does. */
final class OpenApiExamples {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Sample> samples;

    /**
     * A body.
     *
     * @param request method and path of the operation
     * @param path    what stands in its variables
     * @param status  of the answer
     */
    record Sample(String request, String summary, Map<String, String> path, int status, JsonNode body) {

        String method() {
            return request.substring(0, request.indexOf(' '));
        }

        /** With its variables. */
        String template() {
            return request.substring(request.indexOf(' ') + 1);
        }
    }

    private OpenApiExamples(List<Sample> samples) {
        this.samples = samples;
    }

    /** Those there are; what lies in the future does so from now on. */
    static OpenApiExamples read(InstantSource clock) {
        try (InputStream in = OpenApiExamples.class.getResourceAsStream("openapi-examples.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int days : new int[] {30, 31}) {
                text = text.replace("${IN_" + days + "_DAYS}", clock.instant().truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS).toString());
            }
            return new OpenApiExamples(List.of(JSON.readValue(text, Sample[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Sample> samples() {
        return samples;
    }

    /** Puts each where it belongs, with the status of its answer and what stands in the path. */
    void into(OpenAPI description) {
        for (Sample sample : samples) {
            Operation operation = description.getPaths().get(sample.template()).readOperationsMap().get(PathItem.HttpMethod.valueOf(sample.method()));
            operation.getRequestBody().getContent().values().forEach(content ->
                    content.addExamples(sample.summary(), new Example().summary(sample.summary()).value(JSON.treeToValue(sample.body(), Object.class))));
            answered(operation.getResponses(), Integer.toString(sample.status()));
            sample.path().forEach((name, value) -> operation.getParameters().stream().filter(parameter -> parameter.getName().equals(name) && parameter.getExample() == null)
                    .forEach(parameter -> parameter.setExample(value)));
        }
    }

    /** A status that is not written down at the operation has the content of the one that is. */
    private static void answered(ApiResponses responses, String status) {
        ApiResponse usual = responses.get("200");
        if (usual != null && !responses.containsKey(status)) {
            responses.addApiResponse(status, new ApiResponse().description(status.equals("201") ? "Created" : "Accepted").content(usual.getContent()));
        }
    }
}
