package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.FileTree;
import io.shopflow.laptop.folder.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes a stack's data. */
@Command(
        name = "reset",
        description = "Stops the stack and deletes its data folder with everything in it.")
public class ResetCommand extends StackCommand {

    @Option(names = "--yes", description = "Resets without confirmation.")
    boolean yes;

    /** The input for the confirmation. */
    InputStream in = System.in;

    @Override
    public Integer call() throws IOException {
        DataFolder folder = data.folder();
        if (!folder.exists()) {
            System.out.println("There is no data in %s.".formatted(folder.root()));
            return 0;
        }
        // Fails for data of a newer ShopFlow, which must not be deleted.
        folder.record();
        if (!yes && !confirmed(folder)) {
            System.out.println("Nothing was deleted.");
            return 1;
        }
        DownCommand.stop(data);
        FileTree.delete(folder.root());
        System.out.println("%s is deleted.".formatted(folder.root()));
        return 0;
    }

    private boolean confirmed(DataFolder folder) throws IOException {
        System.out.print(
                "This deletes %s with all its data: database, bucket, queues, keys. Type yes to continue: "
                        .formatted(folder.root()));
        System.out.flush();
        String answer =
                new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
    }
}
