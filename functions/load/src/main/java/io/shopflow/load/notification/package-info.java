/**
 * Notifications of closed runs. {@link io.shopflow.load.notification.SendNotifications} is the use
 * case; {@link io.shopflow.load.notification.DueNotifications} stores which are due.
 */
package io.shopflow.load.notification;
