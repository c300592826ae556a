package io.shopflow.laptop.commands;

import io.quarkus.scheduler.Scheduler;
import io.shopflow.laptop.supervisor.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;

/** The schedule of a laptop, in place of AWS's EventBridge Scheduler. */
@ApplicationScoped
public class QuarkusSchedule implements Schedule {

    private final Instance<Scheduler> scheduler;

    QuarkusSchedule(Instance<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public AutoCloseable every(String name, Duration interval, Runnable task) {
        Scheduler schedule = scheduler.get();
        schedule.newJob(name)
                .setInterval(interval.toString())
                .setConcurrentExecution(io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP)
                .setTask(execution -> task.run())
                .schedule();
        schedule.resume();
        return () -> schedule.unscheduleJob(name);
    }
}
