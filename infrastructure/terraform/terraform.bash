# Sourced by the scripts beside it: finds Terraform and the provider.

if ! command -v terraform >/dev/null; then
  echo "There is no terraform on the PATH. Install 1.11 or newer: https://developer.hashicorp.com/terraform/install" >&2
  exit 2
fi

export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
# Ignores the setting if its file does not exist.
if [ -n "${TF_CLI_CONFIG_FILE:-}" ] && [ ! -e "$TF_CLI_CONFIG_FILE" ]; then unset TF_CLI_CONFIG_FILE; fi

# The folder of unpacked providers: the configured one, or else one in a usual place; nothing if there is none.
plugins() {
  if [ -n "${SHOPFLOW_TERRAFORM_PLUGINS:-}" ]; then
    echo "$SHOPFLOW_TERRAFORM_PLUGINS"
    return
  fi
  local place
  for place in "$HOME/.terraform.d/plugins" /usr/local/share/terraform/plugins /usr/share/terraform/plugins /opt/*; do
    if [ -d "$place/registry.terraform.io/hashicorp/aws" ]; then
      echo "$place"
      return
    fi
  done
}
PLUGINS=$(plugins)

initialise() { # FOLDER
  terraform -chdir="$1" init -backend=false -input=false -no-color ${PLUGINS:+-plugin-dir="$PLUGINS"}
}

has_tests() { # FOLDER
  compgen -G "$1/tests/*.tftest.hcl" >/dev/null
}
