/**
 * The servers of the laptop stack, for the stack and for tests: {@link
 * io.shopflow.laptop.servers.LocalPostgres}, {@link io.shopflow.laptop.servers.LocalS3}, {@link
 * io.shopflow.laptop.servers.LocalQueues}. Each keeps its data in its own folder, listens only on
 * 127.0.0.1, and ends with the process that started it.
 */
package io.shopflow.laptop.servers;
