package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.StackException;
import picocli.CommandLine.Command;

/** Listed here for its help; the launcher runs it, since it rebuilds this program. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Builds everything and runs all tests; the exit status is 0 only if they pass.")
public class VerifyCommand implements Runnable {

    @Override
    public void run() {
        throw new StackException("Start it with the launcher: ./shopflow verify.");
    }
}
