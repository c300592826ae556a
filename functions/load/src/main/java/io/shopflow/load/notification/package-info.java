/**
 * Notifications of closed runs. {@link io.shopflow.load.notification.SendNotifications} is the use
 * case, {@link io.shopflow.load.notification.DueNotifications} the rows that remember what is due.
 */
package io.shopflow.load.notification;
