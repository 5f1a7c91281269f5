import { ipDescriptionMessages } from '../../../../../src/core/formats/ipDescription/messages';
import { describeRules } from '../../../../support/formats/describeRules';

describeRules({
  format: 'ipDescription',
  file: 'linux.ip_description.xml',
  codes: Object.keys(ipDescriptionMessages.en),
  breaks: [
    ['ipDescription.attribute-order', 'Version="9.0.017.08" BuildDate="2023-05-31"', 'BuildDate="2023-05-31" ⟦Version⟧="9.0.017.08"'],
    ['ipDescription.format-version', 'FormatVersion="8.0"', 'FormatVersion="⟦3.5⟧"'],
    ['ipDescription.bad-version', '9.0.017.08', '⟦nine⟧'],
    ['ipDescription.version-parts', '9.0.017.08', '⟦9.0.017⟧'],
    ['ipDescription.bad-date', '2023-05-31', '⟦2023-06-31⟧'],
    ['ipDescription.bad-date', '2019-10-23', '⟦23.10.2019⟧'],
    ['ipDescription.bad-integer', 'BuildNumber="2"', 'BuildNumber="⟦b2⟧"'],
    ['ipDescription.locale', '"FRA"', '"⟦fr⟧"'],
    ['ipDescription.os-group', '"linux"', '"⟦beos⟧"'],
    ['ipDescription.os-type', 'CfgOSType="16" Version', 'CfgOSType="⟦99⟧" Version'],
    ['ipDescription.os-family', 'Name="Ubuntu"', 'Name="⟦Windows 10⟧"'],
    ['ipDescription.os-version', '20.04', '⟦Focal⟧'],
  ],
  nearMisses: [
    ['ipDescription.attribute-order', 'AppClass="Application"', ''],
    ['ipDescription.attribute-order', 'Version="9.0.017.08" BuildDate="2023-05-31"', 'Version="9.0.017.08" Extra-x:y="1" BuildDate="2023-05-31"'],
    ['ipDescription.format-version', 'FormatVersion="8.0"', 'FormatVersion="4.0"'],
    ['ipDescription.bad-version', '9.0.017.08', '10.00.000.00'],
    ['ipDescription.version-parts', '8.5.000.03', '8.5.0.3'],
    ['ipDescription.bad-date', '2023-05-31', '2024-02-29'],
    ['ipDescription.bad-integer', 'BuildNumber="2"', 'BuildNumber="0002"'],
    ['ipDescription.locale', '"FRA"', '"XYZ"'],
    ['ipDescription.os-group', '"linux"', '"Linux"'],
    ['ipDescription.os-type', 'CfgOSType="16" Version', 'CfgOSType="18" Version'],
    ['ipDescription.os-family', 'Name="Ubuntu"', 'Name="Haiku"'],
    ['ipDescription.os-version', '20.04', '20.x'],
  ],
});
