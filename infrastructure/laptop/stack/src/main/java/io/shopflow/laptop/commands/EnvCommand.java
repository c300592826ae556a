package io.shopflow.laptop.commands;

import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.supervisor.Deployment;
import io.shopflow.laptop.supervisor.StackClients;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** Prints the variables with which other tools reach the stack. */
@Command(
        name = "env",
        description = "Prints the stack's PG... and AWS_... variables for other tools.",
        footer = {"", "  eval \"$(./shopflow env)\"; psql"})
public class EnvCommand extends StackCommand {

    @Override
    public Integer call() {
        variables(data.folder(), data.recordOfStack())
                .forEach((name, value) -> System.out.println("export " + name + "=" + value));
        return 0;
    }

    private static Map<String, String> variables(DataFolder folder, StackRecord record) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGHOST", "127.0.0.1");
        variables.put("PGPORT", Integer.toString(record.ports().postgres()));
        variables.put("PGDATABASE", "shopflow");
        variables.put("PGUSER", LocalPostgres.USER);
        variables.put("PGPASSWORD", LocalPostgres.PASSWORD);
        variables.put("AWS_ENDPOINT_URL", StackClients.s3(record.ports()).toString());
        variables.put("AWS_ENDPOINT_URL_S3", StackClients.s3(record.ports()).toString());
        variables.put(
                "AWS_ENDPOINT_URL_SQS",
                LocalQueues.endpoint(folder.queues(), record.ports().queues()).toString());
        variables.put("AWS_ACCESS_KEY_ID", Deployment.USER_KEY_ID);
        variables.put("AWS_SECRET_ACCESS_KEY", folder.accessSecret());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_DEFAULT_REGION", "us-east-1");
        // The S3 server returns the checksum of the whole object with a part of it. AWS's tools
        // read large objects in parts and would reject it.
        variables.put("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required");
        variables.put("SHOPFLOW_BUCKET", Deployment.BUCKET);
        record.dashboard()
                .ifPresent(address -> variables.put("SHOPFLOW_DASHBOARD", address.toString()));
        return variables;
    }
}
