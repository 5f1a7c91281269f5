/** What differs between sample definitions. */
export interface SampleDefinition {
  readonly name?: string;
  readonly version?: string;
  /** Stands at the end of the execution of profile `install`. */
  readonly more?: string;
}

/**
 * A solution definition that installs two samples, one of them of a version that is asked for, and does what is not
 * supported: lines 29 and 30.
 */
export function writeDefinition({ name = 'Voice Platform Segment', version = '2.1.0', more = '' }: SampleDefinition = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<solutionDefinition version="2.0.0" xmlns="http://genesys.com/gax/asd" xmlns:os="http://genesys.com/gax/asd/os" xmlns:cfg="http://genesys.com/gax/asd/cfg">
  <deploymentkey>\${TENANT}-\${segment}</deploymentkey>
  <name>${name}</name>
  <version>${version}</version>
  <description>Agents and media control of one segment.</description>
  <summary>Installs an agent and media control.</summary>
  <profile name="install">
    <summary>Everything on one host.</summary>
    <dialog title="Where">
      <input name="segment" title="Segment" default="Segment_01" required="true">
        <description>Number of the segment.</description>
      </input>
      <input name="hostName" title="Host" required="true"/>
    </dialog>
    <dialog>
      <input name="mcpVersion" title="Version" default="9.0.046.06"/>
      <input name="secret" title="Database password" type="password" default="top-secret-default"/>
    </dialog>
    <execution>
      <script>log('installing ' + segment);</script>
      <os:installPackage appName="LCA_\${segment}" host="\${hostName}" longName="Local Control Agent" version="8.5.100.37" skipIfInstalled="true">
        <os:list name="silentInstall">
          <os:property section="IPCommon" key="InstallPath" value="/opt/genesys/lca"/>
        </os:list>
      </os:installPackage>
      <os:installPackage appName="MCP_\${segment}" host="\${hostName}" longName="Media Control Platform" version="\${mcpVersion}"/>
      <if cond="segment != ''">
        <cfg:createFolder name="\${segment}"/>
        <os:execShellCmd host="\${hostName}"/>
        <os:installPackage appName="Chat" host="\${hostName}" longName="Chat Server" version="8.5.106.10"/>
      </if>
      <os:execShellCmd host="\${hostName}"/>${more}
    </execution>
  </profile>
  <profile name="uninstall">
    <execution>
      <script>log('nothing to do');</script>
    </execution>
  </profile>
</solutionDefinition>
`;
}
