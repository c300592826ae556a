/**
 * Checks that a request comes from a reader who has signed in at the load balancer. {@link
 * io.shopflow.dashboard.signin.SignInFilter} is the entry.
 *
 * <p>The rules are our own, over the JDK's signatures: SmallRye JWT supports a load balancer's
 * keys, but not which load balancer signed, which <a
 * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html">AWS
 * asks to verify</a> because all load balancers of a region share one address for keys; and its
 * extension is enabled at build time, while laptop and cloud run the same artifact.
 */
package io.shopflow.dashboard.signin;
