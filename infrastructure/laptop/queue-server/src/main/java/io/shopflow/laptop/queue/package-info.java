/**
 * SQS on a laptop: ElasticMQ, which ends with the process that started it. {@link
 * io.shopflow.laptop.queue.QueueServer} is the entry point.
 */
package io.shopflow.laptop.queue;
